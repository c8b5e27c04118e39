package dev.waxwing.benchmarks;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;

/** W1: five maps and filters over longs. */
final class ChainLoad implements Load {

    private final int batchItems;
    private final boolean sink;

    /**
     * @param batchItems how many items each call of {@code nextBatch} emits
     * @param sink whether the items go to a sink, which takes them boxed, in lists; otherwise a
     *     kernel takes them
     */
    ChainLoad(int batchItems, boolean sink) {
        this.batchItems = batchItems;
        this.sink = sink;
    }

    @Override
    public String name() {
        return "W1 chain of five, "
                + (sink ? "into a sink" : batchItems + (batchItems == 1 ? " item" : " items"))
                + (sink ? "" : " a call");
    }

    @Override
    public boolean isMeasuredWithRecovery() {
        return !sink && batchItems == Numbers.LOOK_AT_CLOCK;
    }

    @Override
    public Dataflow flow(Run run) {
        Dataflow flow = Dataflow.named("chain");
        Stream<Long> results =
                flow.input("numbers", new LapSource<>(run, lap -> new Numbers(lap, batchItems)))
                        .map("next", x -> x + 1)
                        .filter("some", x -> (x & 7) != 5)
                        .map("mix", x -> x * 31 + 7)
                        .filter("others", x -> x % 3 != 0)
                        .map("twist", x -> x ^ 0x5bd1e995L);
        if (sink) {
            results.output("tally", new TallySink<>(run, Long::longValue));
        } else {
            results.transform("tally", new TallyKernel(run));
        }
        return flow;
    }

    @Override
    public void byHand(Lap lap) {
        Tally tally = new Tally();
        long position = lap.first();
        while (position < lap.end()) {
            if (!lap.goesOn(position)) {
                Thread.onSpinWait();
                continue;
            }
            long end = lap.batchEnd(position, Numbers.LOOK_AT_CLOCK);
            chain(position, end, tally);
            position = end;
        }
        lap.ends();
        lap.run().add(tally);
    }

    private static void chain(long from, long end, Tally tally) {
        long count = 0;
        long sum = 0;
        for (long i = from; i < end; i++) {
            long x = i + 1;
            if ((x & 7) == 5) {
                continue;
            }
            x = x * 31 + 7;
            if (x % 3 == 0) {
                continue;
            }
            x ^= 0x5bd1e995L;
            count++;
            sum += x;
        }
        tally.count += count;
        tally.sum += sum;
    }

    /** The positions themselves. */
    private static final class Numbers implements StatefulSourcePartition<Long, Long> {

        static final int LOOK_AT_CLOCK = 1_000;

        private final Lap lap;
        private final int batchItems;
        private long position;
        private long lookAt;

        Numbers(Lap lap, int batchItems) {
            this.lap = lap;
            this.batchItems = batchItems;
            this.position = lap.first();
            this.lookAt = position;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Long> out) {
            if (position >= lookAt) {
                if (!lap.goesOn(position)) {
                    return SourceStatus.OPEN;
                }
                lookAt = lap.batchEnd(position, LOOK_AT_CLOCK);
            }
            long end = Math.min(lookAt, position + batchItems);
            for (long i = position; i < end; i++) {
                out.emit(i);
            }
            position = end;
            if (position < lap.end()) {
                return SourceStatus.OPEN;
            }
            lap.ends();
            return SourceStatus.ENDED;
        }

        @Override
        public Long snapshot() {
            lap.snapshot(position);
            return position;
        }
    }
}
