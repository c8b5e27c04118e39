package dev.waxwing.benchmarks;

import dev.waxwing.Dataflow;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.state.StateUpdate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** W5: the running count of each of very many keys; every item is a string of its own. */
final class KeyCountLoad implements Load {

    private static final int BATCH_ITEMS = 500;

    private final int keys;

    KeyCountLoad(int keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return "W5 count by " + keys + " keys";
    }

    @Override
    public List<String> keysAt(long position) {
        return List.of(keyAt(position, keys));
    }

    @Override
    public Dataflow flow(Run run) {
        Dataflow flow = Dataflow.named("keys");
        flow.input("keys", new LapSource<>(run, lap -> new Keys(lap, keys)))
                .keyOn("key", key -> key)
                .statefulMap(
                        "count",
                        (@Nullable Long count, String key) -> {
                            Long next = count == null ? 1L : count + 1;
                            return StateUpdate.keep(next, next);
                        })
                .transform("tally", new KeyedTallyKernel(run));
        return flow;
    }

    @Override
    public void byHand(Lap lap) {
        HandCounter counter = HandCounter.forLap(lap);
        long position = lap.first();
        while (position < lap.end()) {
            if (!lap.goesOn(position)) {
                counter.takeOthers();
                continue;
            }
            long end = lap.batchEnd(position, BATCH_ITEMS);
            for (long i = position; i < end; i++) {
                counter.count(keyAt(i, keys));
            }
            counter.takeOthers();
            position = end;
        }
        lap.ends();
        counter.finish();
        lap.run().add(counter.tally());
    }

    /** Mixes the position (the finalizer of SplitMix64), so that keys come in no order. */
    private static String keyAt(long position, int keys) {
        long z = position + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return "key-" + Long.remainderUnsigned(z ^ (z >>> 31), keys);
    }

    /** A key for each position. */
    private static final class Keys implements StatefulSourcePartition<String, Long> {

        private final Lap lap;
        private final int keys;
        private long position;

        Keys(Lap lap, int keys) {
            this.lap = lap;
            this.keys = keys;
            this.position = lap.first();
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super String> out) {
            if (!lap.goesOn(position)) {
                return SourceStatus.OPEN;
            }
            long end = lap.batchEnd(position, BATCH_ITEMS);
            for (long i = position; i < end; i++) {
                out.emit(keyAt(i, keys));
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
