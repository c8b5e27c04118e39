package dev.waxwing.simulation.sink;

import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import java.util.List;

/** A sink without positions as the runner sees it: each call passes through the kit. */
final class WatchedDynamicSink<X> implements DynamicSink<SinkItem> {

    private static final long serialVersionUID = 1L;

    private final DynamicSink<X> sink;
    private final transient TargetCalls<X> calls;

    WatchedDynamicSink(DynamicSink<X> sink, TargetCalls<X> calls) {
        this.sink = sink;
        this.calls = calls;
    }

    @Override
    public StatelessSinkPartition<SinkItem> build(String stepId, int workerIndex, int workerCount)
            throws Exception {
        StatelessSinkPartition<X> partition =
                calls.call(() -> sink.build(stepId, workerIndex, workerCount));
        calls.life().opened(partition);
        return new StatelessSinkPartition<>() {
            @Override
            public void writeBatch(List<SinkItem> items) throws Exception {
                List<SinkItem> all = List.copyOf(items);
                calls.life().reached(CrashPoint.BEFORE_FIRST_WRITE);
                calls.write(all, () -> write(all), () -> write(all.subList(0, all.size() / 2)));
            }

            private void write(List<SinkItem> some) throws Exception {
                partition.writeBatch(calls.batch(some));
            }

            @Override
            public void onEndOfInput() throws Exception {
                partition.onEndOfInput();
            }

            @Override
            public void close() throws Exception {
                calls.life().close(partition);
            }
        };
    }
}
