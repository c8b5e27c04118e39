package dev.waxwing.benchmarks;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.state.StateUpdate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * W11: the longest time from the end of an epoch to the end of the next, as a multiple of the
 * interval, when a step takes its time for each item. The source emits 1,000 items a call, as fast
 * as it can.
 */
final class EpochTimes {

    private static final List<Long> ITEM_MICROS = List.of(1L, 10L, 100L, 1_000L, 10_000L, 50_000L);
    private static final int FOLD = 100;
    private static final int KEYS = 10_000;

    /** A shorter time is spent working, a longer one waiting. */
    private static final long WAITS_NANOS = 50_000;

    private final Duration interval;
    private final int epochs;
    private final boolean tiny;
    private final Path stores;

    EpochTimes(boolean tiny, Path stores) {
        this.tiny = tiny;
        this.interval = tiny ? Duration.ofMillis(100) : Duration.ofSeconds(1);
        this.epochs = tiny ? 1 : 3;
        this.stores = stores;
    }

    /** What a run is made of. */
    private record Shape(
            long itemMicros, int fold, int workers, boolean behindExchange, boolean blocking) {}

    /** Runs all shapes and returns a table. */
    List<String> lines() throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| W11 epochs of "
                        + interval.toMillis()
                        + " ms, items of | made of one | slow step | source | 1 worker | 2 | 3 | 4 |");
        lines.add("| --- | --: | --- | --- | --: | --: | --: | --: |");
        for (long itemMicros : tiny ? List.of(100L) : ITEM_MICROS) {
            for (int fold : new int[] {1, FOLD}) {
                boolean within = itemMicros * fold * 10 <= interval.toNanos() / 1_000;
                for (boolean behind : new boolean[] {false, true}) {
                    for (boolean blocking : new boolean[] {false, true}) {
                        if (within) {
                            lines.add(line(itemMicros, fold, behind, blocking));
                        }
                    }
                }
            }
        }
        return lines;
    }

    private String line(long itemMicros, int fold, boolean behind, boolean blocking)
            throws Exception {
        StringBuilder line =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "| %d us | %d | %s | %s |",
                                itemMicros,
                                fold,
                                behind ? "behind an exchange" : "with the source",
                                blocking ? "blocking" : "plain"));
        for (int workers = 1; workers <= (tiny ? 1 : 4); workers++) {
            long longest = longestNanos(new Shape(itemMicros, fold, workers, behind, blocking));
            line.append(
                    String.format(Locale.ROOT, " %.2f |", longest / (double) interval.toNanos()));
        }
        return line.toString();
    }

    private long longestNanos(Shape shape) throws Exception {
        EmbeddedOptions options =
                EmbeddedOptions.defaults()
                        .withWorkers(shape.workers)
                        .withRecovery(
                                RecoveryOptions.in(Files.createTempDirectory(stores, "epochs"))
                                        .withEpochInterval(interval));
        try (Execution execution = Waxwing.start(flow(shape), options)) {
            while (execution.counters().itemsIn() == 0) {
                LockSupport.parkNanos(100_000);
            }
            long last = System.nanoTime();
            long longest = 0;
            for (int epoch = 1; epoch <= epochs; epoch++) {
                while (execution.counters().decidedEpoch() < epoch) {
                    LockSupport.parkNanos(1_000_000);
                }
                long now = System.nanoTime();
                longest = Math.max(longest, now - last);
                last = now;
            }
            execution.abort();
            return longest;
        }
    }

    private static Dataflow flow(Shape shape) {
        Dataflow flow = Dataflow.named("epochs");
        long nanos = TimeUnit.MICROSECONDS.toNanos(shape.itemMicros);
        Stream<Long> numbers =
                flow.input("numbers", new EndlessNumbers(shape.workers, shape.blocking))
                        .flatMap("fold", number -> Collections.nCopies(shape.fold, number));
        Stream<Long> first =
                shape.behindExchange ? numbers : numbers.map("slow", n -> taking(nanos, n));
        Stream<Long> counted =
                first.keyOn("key", n -> n % KEYS)
                        .statefulMap(
                                "last", (@Nullable Long last, Long n) -> StateUpdate.keep(n, n))
                        .map("value", (key, n) -> n);
        (shape.behindExchange ? counted.map("slow", n -> taking(nanos, n)) : counted)
                .inspect("end", (step, n) -> {});
        return flow;
    }

    private static Long taking(long nanos, Long item) {
        long end = System.nanoTime() + nanos;
        if (nanos >= WAITS_NANOS) {
            for (long left = nanos; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        return item;
    }
}
