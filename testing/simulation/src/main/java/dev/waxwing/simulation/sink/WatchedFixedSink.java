package dev.waxwing.simulation.sink;

import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.sink.StoreAware;
import dev.waxwing.sink.StoreAware.StoreFence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sink by position as the runner sees it: each call passes through the kit. */
final class WatchedFixedSink<X> implements FixedPartitionedSink<String, SinkItem, Object> {

    private static final long serialVersionUID = 1L;

    private final FixedPartitionedSink<Object, X, Object> sink;
    private final transient TargetCalls<X> calls;

    WatchedFixedSink(FixedPartitionedSink<Object, X, Object> sink, TargetCalls<X> calls) {
        this.sink = sink;
        this.calls = calls;
    }

    @Override
    public List<String> listParts() throws Exception {
        return sink.listParts();
    }

    @Override
    public int partFn(String key) {
        return sink.partFn(key);
    }

    @Override
    public StatefulSinkPartition<SinkItem, Object> buildPart(
            String stepId, String forPart, @Nullable Object resumeState) throws Exception {
        return open(forPart, () -> sink.buildPart(stepId, forPart, resumeState));
    }

    private StatefulSinkPartition<SinkItem, Object> open(
            String part, TargetCalls.Call<StatefulSinkPartition<X, Object>> build)
            throws Exception {
        StatefulSinkPartition<X, Object> partition = calls.call(build);
        calls.life().opened(partition);
        calls.life().reached(CrashPoint.WHILE_SWEEPING);
        return new Partition(part, partition);
    }

    /** The same of a sink that wants to know the store. */
    static final class Aware<X>
            implements FixedPartitionedSink<String, SinkItem, Object>,
                    StoreAware<SinkItem, Object> {

        private static final long serialVersionUID = 1L;

        private final WatchedFixedSink<X> watched;
        private final transient StoreAware<X, Object> aware;

        Aware(WatchedFixedSink<X> watched, StoreAware<X, Object> aware) {
            this.watched = watched;
            this.aware = aware;
        }

        @Override
        public List<String> listParts() throws Exception {
            return watched.listParts();
        }

        @Override
        public int partFn(String key) {
            return watched.partFn(key);
        }

        @Override
        public StatefulSinkPartition<SinkItem, Object> buildPart(
                String stepId, String forPart, @Nullable Object resumeState) throws Exception {
            return watched.buildPart(stepId, forPart, resumeState);
        }

        @Override
        public StatefulSinkPartition<SinkItem, Object> buildPart(
                String stepId, String forPart, @Nullable Object resumeState, StoreFence store)
                throws Exception {
            return watched.open(
                    forPart, () -> aware.buildPart(stepId, forPart, resumeState, store));
        }

        @Override
        public void check(String forPart, @Nullable Object resumeState, StoreFence store)
                throws Exception {
            aware.check(forPart, resumeState, store);
        }
    }

    private final class Partition implements StatefulSinkPartition<SinkItem, Object> {

        private final String part;
        private final StatefulSinkPartition<X, Object> partition;
        private boolean written;

        Partition(String part, StatefulSinkPartition<X, Object> partition) {
            this.part = part;
            this.partition = partition;
        }

        @Override
        public void writeBatch(List<SinkItem> values) throws Exception {
            List<SinkItem> all = List.copyOf(values);
            if (!written) {
                calls.life().reached(CrashPoint.BEFORE_FIRST_WRITE);
            }
            written = true;
            calls.write(all, () -> write(all), () -> write(all.subList(0, all.size() / 2)));
        }

        private void write(List<SinkItem> items) throws Exception {
            partition.writeBatch(calls.batch(items));
            calls.positions().wrote(part, items);
        }

        @Override
        public Object snapshot() throws Exception {
            written = false;
            Object position = calls.call(partition::snapshot);
            calls.positions().snapshot(part);
            calls.life().reachedAfterStep(CrashPoint.AFTER_PREPARE_OF_ONE);
            return position;
        }

        @Override
        public void force() throws Exception {
            calls.life().asks();
            calls.life().reached(CrashPoint.SNAPSHOT_NOT_FORCED);
            calls.act(partition::force);
            calls.life().reached(CrashPoint.AFTER_FLUSH_BEFORE_PREPARED);
        }

        @Override
        public void check() throws Exception {
            partition.check();
        }

        @Override
        public void onDecided(Object position) throws Exception {
            calls.life().asks();
            calls.act(() -> partition.onDecided(position));
        }

        @Override
        public void onEndOfInput() throws Exception {
            partition.onEndOfInput();
        }

        @Override
        public void close() throws Exception {
            calls.life().close(partition);
        }
    }
}
