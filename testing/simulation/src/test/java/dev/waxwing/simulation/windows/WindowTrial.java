package dev.waxwing.simulation.windows;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.Stream;
import dev.waxwing.WindowOut;
import dev.waxwing.simulation.Simulation;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.SlidingWindower;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowOptions.Order;
import dev.waxwing.windowing.Windower;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A window step and what it is given.
 *
 * @param length of the windows; the gap, if they are sessions
 * @param offset between the starts of sliding windows
 * @param outOfOrder by how much values may be out of order
 * @param everyItems after how many values a window gives an early result; 0 for never
 * @param folded by {@code foldWindow}, not {@code collectWindow}
 * @param partitions of the source; unless time is that of the stream, a key is in one of them
 */
record WindowTrial(
        Kind kind,
        Duration length,
        Duration offset,
        Instant alignTo,
        Time time,
        Duration outOfOrder,
        Order order,
        Duration lateness,
        int everyItems,
        boolean folded,
        List<List<Reading>> partitions) {

    static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private static final Duration NEVER = Duration.ofDays(1_000_000);

    enum Kind {
        TUMBLING,
        SLIDING,
        SESSIONS
    }

    /** What moves the watermark. */
    enum Time {
        /** The values of the key. */
        KEY,
        /** And the runtime's time. */
        KEY_AND_RUNTIME,
        /** The values of all keys, by partition. */
        STREAM
    }

    /** Whether windows share panes. */
    boolean sharesPanes() {
        return folded && kind != Kind.SESSIONS && lateness.isZero() && everyItems == 0;
    }

    List<Reading> readings() {
        return partitions.stream().flatMap(List::stream).toList();
    }

    /** Of a key, in order of arrival, unless it is in several partitions. */
    List<Reading> readings(String key) {
        return readings().stream().filter(reading -> reading.key().equals(key)).toList();
    }

    /** Executes the step until all input has ended, whatever happens in the world. */
    WindowOutcome in(Simulation world) {
        Map<String, List<Reading>> parts = new LinkedHashMap<>();
        for (List<Reading> part : partitions) {
            parts.put("p" + parts.size(), part);
        }
        var flow = Dataflow.named("windows");
        var outcome = new WindowOutcome(world);
        outcome.take(windows(flow.input("in", world.partitions(parts))));
        world.run(flow);
        return outcome;
    }

    private WindowOut<String, Reading, String> windows(Stream<Reading> input) {
        Stream<Reading> timed =
                time == Time.STREAM
                        ? input.watermark(
                                "time",
                                Reading::at,
                                WatermarkOptions.outOfOrderBy(outOfOrder).withIdleTimeout(NEVER))
                        : input;
        KeyedStream<String, Reading> keyed = timed.keyOn("key", Reading::key);
        WindowOut<String, Reading, String> out =
                folded
                        ? keyed.foldWindow(
                                "windows",
                                clock(),
                                windower(),
                                () -> "",
                                WindowTrial::append,
                                String::concat)
                        : keyed.collectWindow(
                                "windows",
                                clock(),
                                windower(),
                                new Into<>(() -> "", WindowTrial::append, String::concat));
        return out.with(options());
    }

    private static String append(String numbers, Reading reading) {
        return numbers + reading.number() + " ";
    }

    private Clock<Reading, ?> clock() {
        return switch (time) {
            case KEY -> EventClock.of(Reading::at, outOfOrder).withoutIdleAdvance();
            case KEY_AND_RUNTIME -> EventClock.of(Reading::at, outOfOrder);
            case STREAM -> StreamClock.of(Reading::at);
        };
    }

    private Windower<?> windower() {
        return switch (kind) {
            case TUMBLING -> TumblingWindower.of(length).alignedTo(alignTo);
            case SLIDING -> SlidingWindower.of(length, offset).alignedTo(alignTo);
            case SESSIONS -> SessionWindower.of(length);
        };
    }

    private WindowOptions options() {
        return (order == WindowOptions.Order.BY_TIMESTAMP
                        ? WindowOptions.ordered()
                        : WindowOptions.unordered())
                .withAllowedLateness(lateness)
                .withEarlyResultEvery(everyItems)
                .withRetention(NEVER);
    }

    /** The same with less: fewer readings first, then simpler settings. */
    List<WindowTrial> smaller() {
        List<WindowTrial> smaller = new ArrayList<>();
        int count = readings().size();
        for (int chunk = (count + 1) / 2; chunk > 0; chunk /= 2) {
            for (int from = 0; from < count; from += chunk) {
                smaller.add(without(from, Math.min(count, from + chunk)));
            }
        }
        if (partitions.stream().anyMatch(List::isEmpty)) {
            smaller.add(
                    withPartitions(partitions.stream().filter(part -> !part.isEmpty()).toList()));
        }
        if (kind == Kind.SLIDING) {
            smaller.add(with(Kind.TUMBLING, order, lateness, everyItems));
        }
        if (order == Order.BY_TIMESTAMP) {
            smaller.add(with(kind, Order.AS_THEY_COME, lateness, everyItems));
        }
        if (!lateness.isZero()) {
            smaller.add(with(kind, order, Duration.ZERO, everyItems));
        }
        if (everyItems > 0) {
            smaller.add(with(kind, order, lateness, 0));
        }
        return smaller;
    }

    private WindowTrial without(int from, int to) {
        List<List<Reading>> fewer = new ArrayList<>();
        int index = 0;
        for (List<Reading> part : partitions) {
            List<Reading> left = new ArrayList<>();
            for (Reading reading : part) {
                if (index < from || index >= to) {
                    left.add(reading);
                }
                index++;
            }
            fewer.add(List.copyOf(left));
        }
        return withPartitions(fewer);
    }

    private WindowTrial withPartitions(List<List<Reading>> others) {
        return new WindowTrial(
                kind,
                length,
                offset,
                alignTo,
                time,
                outOfOrder,
                order,
                lateness,
                everyItems,
                folded,
                others);
    }

    private WindowTrial with(Kind otherKind, Order otherOrder, Duration otherLateness, int every) {
        return new WindowTrial(
                otherKind,
                length,
                otherKind == Kind.TUMBLING ? length : offset,
                alignTo,
                time,
                outOfOrder,
                otherOrder,
                otherLateness,
                every,
                folded,
                partitions);
    }

    long lengthMicros() {
        return Micros.of(length);
    }

    long offsetMicros() {
        return Micros.of(offset);
    }
}
