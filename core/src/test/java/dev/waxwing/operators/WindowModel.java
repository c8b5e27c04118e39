package dev.waxwing.operators;

import dev.waxwing.operators.WindowCase.Event;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Micros;
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
 * wait, and of what time has passed since if time moves it; each value that is not behind it is in
 * the windows that span its time, and a session is a run of such values with no larger gap than
 * allowed.
 */
final class WindowModel {

    /** A window's bounds and the numbers of its values. */
    record Window(long open, long close, List<Integer> numbers) {}

    private final WindowCase given;
    private final List<Event.Value> accepted = new ArrayList<>();
    private final List<Integer> late = new ArrayList<>();

    /**
     * @param lateness how far behind the watermark a value may be
     */
    WindowModel(WindowCase given, Duration lateness) {
        this.given = given;
        long allowed = Micros.of(lateness);
        long wait = Micros.of(given.outOfOrderness());
        long now = 0;
        long mark = Long.MIN_VALUE;
        List<Event.Value> seen = new ArrayList<>();
        List<Long> seenAt = new ArrayList<>();
        for (Event event : given.events()) {
            if (event instanceof Event.Pause pause) {
                now += Micros.of(pause.duration());
            } else if (event instanceof Event.Mark moved) {
                mark = Math.max(mark, moved.micros());
            } else if (event instanceof Event.Value value) {
                seen.add(value);
                seenAt.add(now);
                long watermark = mark;
                boolean ownTime = given.time() == WindowCase.Time.KEY && !Micros.isForEver(wait);
                for (int i = 0; i < seen.size() && ownTime; i++) {
                    boolean moves = given.idle() == EventClock.IdleAdvance.WITH_SYSTEM_TIME;
                    long passed = moves ? now - seenAt.get(i) : 0;
                    watermark = Math.max(watermark, seen.get(i).micros() - wait + passed);
                }
                if (value.micros() < Micros.plus(watermark, -allowed)) {
                    late.add(value.number());
                } else {
                    accepted.add(value);
                }
            }
        }
    }

    /** Numbers of the late values, in order of arrival. */
    List<Integer> late() {
        return late;
    }

    /** All windows, in order of their ends. */
    List<Window> windows() {
        return given.hasSessions() ? sessions() : spans();
    }

    private List<Window> spans() {
        BigInteger length = BigInteger.valueOf(Micros.of(given.length()));
        BigInteger offset = BigInteger.valueOf(Micros.of(given.offset()));
        BigInteger align = BigInteger.valueOf(Micros.of(given.alignTo()));
        TreeMap<BigInteger, List<Event.Value>> byOpen = new TreeMap<>();
        for (Event.Value value : accepted) {
            BigInteger at = BigInteger.valueOf(value.micros());
            BigInteger open = at.subtract(at.subtract(align).mod(offset));
            for (; open.add(length).compareTo(at) > 0; open = open.subtract(offset)) {
                byOpen.computeIfAbsent(open, none -> new ArrayList<>()).add(value);
            }
        }
        List<Window> windows = new ArrayList<>();
        byOpen.forEach(
                (open, values) ->
                        windows.add(
                                window(
                                        open.longValueExact(),
                                        open.add(length).longValueExact(),
                                        values)));
        return windows;
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
