package dev.waxwing.operators;

import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.SlidingWindower;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.WindowOptions.Order;
import dev.waxwing.windowing.Windower;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random course of events at one key of a window step.
 *
 * @param length of the windows; the gap, if they are sessions
 * @param offset between the starts of windows; zero for sessions
 * @param time what moves the watermark
 * @param idle whether the runtime's time moves it, too
 */
record WindowCase(
        Duration outOfOrderness,
        Duration length,
        Duration offset,
        Instant alignTo,
        Order order,
        Time time,
        EventClock.IdleAdvance idle,
        List<Event> events) {

    /** What moves the watermark: the key's values, or marks of the stream. */
    enum Time {
        KEY,
        STREAM
    }

    private static final Instant EARLIEST = Instant.MIN.truncatedTo(ChronoUnit.DAYS);
    private static final Instant LATEST = Instant.MAX.truncatedTo(ChronoUnit.DAYS);

    /** What happens; values are told apart by their number. */
    sealed interface Event {
        record Value(int number, Instant at) implements Event {
            long micros() {
                return Micros.of(at);
            }
        }

        record Pause(Duration duration) implements Event {}

        record Restart() implements Event {}

        record Mark(Instant watermark) implements Event {
            long micros() {
                return Micros.of(watermark);
            }
        }
    }

    static WindowCase of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Duration unit =
                Duration.of(
                        1,
                        oneOf(
                                random,
                                List.of(
                                        ChronoUnit.MICROS,
                                        ChronoUnit.MILLIS,
                                        ChronoUnit.SECONDS,
                                        ChronoUnit.DAYS)));
        Instant alignTo =
                oneOf(
                        random,
                        List.of(
                                Instant.EPOCH,
                                Instant.parse("1850-06-01T00:00:00Z"),
                                Instant.parse("2022-01-01T00:00:00Z"),
                                Instant.parse("2099-12-31T23:59:59.999999Z")));
        Duration length = unit.multipliedBy(1 + random.nextInt(12));
        boolean sessions = random.nextInt(3) == 0;
        Duration offset =
                sessions
                        ? Duration.ZERO
                        : random.nextInt(3) == 0
                                ? length
                                : unit.multipliedBy(
                                        1 + random.nextInt((int) length.dividedBy(unit)));
        Time time = oneOf(random, List.of(Time.values()));
        boolean idle = time == Time.KEY && random.nextInt(4) == 0;
        Duration wait =
                random.nextInt(6) == 0
                        ? Duration.ofSeconds(Long.MAX_VALUE)
                        : unit.multipliedBy(random.nextInt(15));
        return new WindowCase(
                wait,
                length,
                offset,
                alignTo,
                oneOf(random, List.of(Order.values())),
                time,
                idle ? EventClock.IdleAdvance.WITH_SYSTEM_TIME : EventClock.IdleAdvance.NONE,
                events(random, alignTo, unit, time, idle));
    }

    private static List<Event> events(
            SplittableRandom random, Instant alignTo, Duration unit, Time time, boolean idle) {
        List<Event> events = new ArrayList<>();
        Instant base =
                oneOf(
                        random,
                        List.of(
                                alignTo,
                                alignTo,
                                Instant.EPOCH,
                                Instant.parse("1000-01-01T00:00:00Z")));
        int direction = random.nextInt(-1, 3);
        for (int number = random.nextInt(30); number > 0; number--) {
            base = base.plus(unit.multipliedBy((long) direction * random.nextInt(4)));
            Instant at = base.plus(unit.multipliedBy(random.nextInt(-8, 9)));
            if (random.nextInt(3) == 0) {
                at = at.plus(unit.dividedBy(2));
            }
            if (random.nextInt(40) == 0) {
                at = random.nextBoolean() ? EARLIEST : LATEST;
            }
            events.add(new Event.Value(number, at));
            if (time == Time.STREAM && random.nextInt(3) == 0) {
                events.add(new Event.Mark(base.plus(unit.multipliedBy(random.nextInt(-8, 4)))));
            }
            if (random.nextInt(6) == 0) {
                boolean pauses = idle && random.nextInt(3) > 0;
                if (!pauses || random.nextBoolean()) {
                    events.add(new Event.Restart());
                }
                if (pauses) {
                    events.add(new Event.Pause(Duration.ofMillis(1 + random.nextInt(20_000))));
                }
            }
        }
        return List.copyOf(events);
    }

    private static <T> T oneOf(SplittableRandom random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    boolean hasSessions() {
        return offset.isZero();
    }

    Windower<?> windower() {
        return hasSessions()
                ? SessionWindower.of(length)
                : new SlidingWindower(length, offset, alignTo);
    }

    Clock<Event.Value, ?> clock() {
        return time == Time.STREAM
                ? StreamClock.of(Event.Value::at)
                : new EventClock<>(Event.Value::at, outOfOrderness, idle);
    }

    /** The same with less: fewer events first, then simpler settings. */
    List<WindowCase> smaller() {
        List<WindowCase> smaller = new ArrayList<>();
        for (int chunk = (events.size() + 1) / 2; chunk > 0; chunk /= 2) {
            for (int from = 0; from < events.size(); from += chunk) {
                List<Event> fewer = new ArrayList<>(events);
                fewer.subList(from, Math.min(events.size(), from + chunk)).clear();
                smaller.add(with(order, offset, fewer));
            }
        }
        if (order == Order.BY_TIMESTAMP) {
            smaller.add(with(Order.AS_THEY_COME, offset, events));
        }
        if (!hasSessions() && !offset.equals(length)) {
            smaller.add(with(order, length, events));
        }
        return smaller;
    }

    private WindowCase with(Order otherOrder, Duration otherOffset, List<Event> others) {
        return new WindowCase(
                outOfOrderness,
                length,
                otherOffset,
                alignTo,
                otherOrder,
                time,
                idle,
                idle == EventClock.IdleAdvance.NONE
                        ? List.copyOf(others)
                        : restartedAfterValues(others));
    }

    /*
     * What time has moved is kept with the last value, so it would have to be told when the step was called
     * between that and the restart.
     */
    private static List<Event> restartedAfterValues(List<Event> events) {
        List<Event> kept = new ArrayList<>();
        for (Event event : events) {
            if (!(event instanceof Event.Restart)
                    || (!kept.isEmpty() && kept.get(kept.size() - 1) instanceof Event.Value)) {
                kept.add(event);
            }
        }
        return List.copyOf(kept);
    }
}
