package dev.waxwing.benchmarks;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** W3, memory: what a key with an open tumbling window keeps on the heap, key included. */
final class WindowMemory {

    private final List<Integer> keys;

    /**
     * @param keys numbers of keys to measure
     */
    WindowMemory(List<Integer> keys) {
        this.keys = keys;
    }

    /** Measures and returns the lines of a table. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| W3 keys, each with an open tumbling window | bytes a key on the heap | by hand |");
        lines.add("| --: | --: | --: |");
        for (int count : keys) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "| %d | %.0f | %.0f |",
                            count,
                            bytesPerKey(count),
                            bytesPerKeyByHand(count)));
        }
        return lines;
    }

    private static double bytesPerKeyByHand(int keys) {
        long before = usedBytes();
        HandWindows windows = HandWindows.alone(1);
        for (int key = 0; key < keys; key++) {
            windows.add(key, key % 50, key);
        }
        long keptBytes = usedBytes() - before;
        windows.finish();
        expectAWindowForEach(keys, windows.tally());
        return keptBytes / (double) keys;
    }

    private static double bytesPerKey(int keys) {
        Sensors sensors = new Sensors(keys);
        Run nothing = new Run(1, 0, 0);
        Dataflow flow = Dataflow.named("memory");
        WindowSumLoad.sums(flow.input("readings", sensors), 1)
                .transform("tally", new WindowTallyKernel(nothing));
        Waxwing.run(flow, EmbeddedOptions.defaults());
        expectAWindowForEach(keys, nothing.tally());
        return sensors.keptBytes / (double) keys;
    }

    private static void expectAWindowForEach(int keys, Tally tally) {
        if (tally.count != keys) {
            throw new IllegalStateException(
                    "expected a window for each of " + keys + " keys, but got " + tally);
        }
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** One reading of each sensor, all of one moment; measures before the first and at the end. */
    private static final class Sensors implements DynamicSource<Reading> {

        private static final long serialVersionUID = 1L;

        private final int count;
        private transient long keptBytes;

        Sensors(int count) {
            this.count = count;
        }

        @Override
        public StatelessSourcePartition<Reading> build(
                String stepId, int workerIndex, int workerCount) {
            long before = usedBytes();
            return new StatelessSourcePartition<>() {

                private int next;

                @Override
                public SourceStatus nextBatch(SourceEmitter<? super Reading> out) {
                    if (next == count) {
                        keptBytes = usedBytes() - before;
                        return SourceStatus.ENDED;
                    }
                    int end = Math.min(count, next + ReadingSource.BATCH_ITEMS);
                    for (; next < end; next++) {
                        out.emit(new Reading(next, next % 50, next));
                    }
                    return SourceStatus.OPEN;
                }
            };
        }
    }
}
