package dev.waxwing.operators;

import dev.waxwing.operators.WindowCase.Event;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.WindowOptions.Order;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What comes of a case, by definition: the watermark when a value comes is the greatest mark of the
 * stream until then, or else the greatest over all values until then of its timestamp less the
 * wait, and of what time has passed since if time moves it, but for the time between two
 * executions; each value that is not behind it is in the windows that span its time, and a session
 * is a run of such values with no larger gap than allowed.
 */
final class WindowModel {

    /** A window's bounds and the numbers of its values. */
    record Window(long open, long close, List<Integer> numbers) {}

    private final WindowCase given;
    private final List<Event.Value> accepted = new ArrayList<>();
    private final List<Late> late = new ArrayList<>();

    /**
     * A late value.
     *
     * @param windowId one of the windows that it would have been in
     */
    record Late(long windowId, int number) {}

    /** What a watermark is at least from some time on. */
    private record Bound(long micros, long sinceMicros) {}

    /**
     * @param lateness how far behind the watermark a value may be
     */
    WindowModel(WindowCase given, Duration lateness) {
        this(given, List.of(lateness));
    }

    /**
     * @param lateness in the first execution, the second, and so on, over and over; what was late
     *     once stays so
     */
    WindowModel(WindowCase given, List<Duration> lateness) {
        this.given = given;
        int execution = 0;
        long lateBefore = Micros.START_OF_TIME;
        long wait = Micros.of(given.outOfOrderness());
        long now = 0;
        List<Bound> bounds = new ArrayList<>();
        for (Event event : given.events()) {
            long allowed = Micros.of(lateness.get(execution % lateness.size()));
            if (event instanceof Event.Pause pause) {
                now += Micros.of(pause.duration());
            } else if (event instanceof Event.Mark moved) {
                bounds.add(new Bound(moved.micros(), now));
                lateBefore = Math.max(lateBefore, lateBefore(bounds, now, allowed));
            } else if (event instanceof Event.Restart) {
                Bound reached = new Bound(watermark(bounds, now), now);
                bounds.clear();
                bounds.add(reached);
                lateBefore = Math.max(lateBefore, lateBefore(bounds, now, allowed));
                execution++;
            } else if (event instanceof Event.Value value) {
                if (given.time() == WindowCase.Time.KEY && !Micros.isForEver(wait)) {
                    bounds.add(new Bound(value.micros() - wait, now));
                }
                lateBefore = Math.max(lateBefore, lateBefore(bounds, now, allowed));
                if (value.micros() < lateBefore) {
                    ids(value).forEach(id -> late.add(new Late(id, value.number())));
                } else {
                    accepted.add(value);
                }
            }
        }
    }

    private long lateBefore(List<Bound> bounds, long now, long allowed) {
        return Micros.plus(watermark(bounds, now), -allowed);
    }

    private long watermark(List<Bound> bounds, long now) {
        boolean moves = given.idle() == EventClock.IdleAdvance.WITH_SYSTEM_TIME;
        return bounds.stream()
                .mapToLong(
                        bound -> Micros.plus(bound.micros(), moves ? now - bound.sinceMicros() : 0))
                .max()
                .orElse(Micros.START_OF_TIME);
    }

    /** Late values in order of arrival, each once for each window that it would have been in. */
    List<Late> late() {
        return late;
    }

    /** All windows, in order of their ends. */
    List<Window> windows() {
        return given.hasSessions() ? sessions() : spans();
    }

    private List<Window> spans() {
        TreeMap<Long, List<Event.Value>> byId = new TreeMap<>();
        for (Event.Value value : accepted) {
            for (long id : ids(value)) {
                byId.computeIfAbsent(id, none -> new ArrayList<>()).add(value);
            }
        }
        List<Window> windows = new ArrayList<>();
        byId.forEach((id, values) -> windows.add(window(open(id), close(id), values)));
        return windows;
    }

    /* From the last window that has opened back to the first that has not ended. */
    private List<Long> ids(Event.Value value) {
        if (given.hasSessions()) {
            return List.of(SessionWindower.LATE_ID);
        }
        BigInteger at = BigInteger.valueOf(value.micros());
        BigInteger distance = at.subtract(micros(Micros.of(given.alignTo())));
        BigInteger offset = micros(Micros.of(given.offset()));
        long id = distance.subtract(distance.mod(offset)).divide(offset).longValueExact();
        List<Long> ids = new ArrayList<>();
        for (; close(id) > value.micros(); id--) {
            ids.add(0, id);
        }
        return ids;
    }

    private long open(long id) {
        return micros(Micros.of(given.alignTo()))
                .add(micros(Micros.of(given.offset())).multiply(micros(id)))
                .longValueExact();
    }

    private long close(long id) {
        return Math.addExact(open(id), Micros.of(given.length()));
    }

    private static BigInteger micros(long value) {
        return BigInteger.valueOf(value);
    }

    private List<Window> sessions() {
        List<Event.Value> byTime = new ArrayList<>(accepted);
        byTime.sort(Comparator.comparingLong(Event.Value::micros));
        long gap = Micros.of(given.length());
        List<Window> windows = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= byTime.size(); i++) {
            if (i == byTime.size() || byTime.get(i).micros() - byTime.get(i - 1).micros() > gap) {
                List<Event.Value> run = byTime.subList(from, i);
                windows.add(
                        window(
                                run.get(0).micros(),
                                run.get(run.size() - 1).micros(),
                                accepted.stream().filter(run::contains).toList()));
                from = i;
            }
        }
        return windows;
    }

    private Window window(long open, long close, List<Event.Value> inOrderOfArrival) {
        List<Event.Value> values = new ArrayList<>(inOrderOfArrival);
        if (given.order() == Order.BY_TIMESTAMP) {
            values.sort(Comparator.comparingLong(Event.Value::micros));
        }
        return new Window(open, close, values.stream().map(Event.Value::number).toList());
    }
}
