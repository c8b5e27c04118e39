package dev.waxwing.engine.sink;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.sink.StatelessSinkPartition;
import java.util.List;

/** A user's partition without a position. */
final class StatelessPart implements SinkPart {

    private final String name;
    private final StatelessSinkPartition<Object> partition;

    StatelessPart(String name, StatelessSinkPartition<Object> partition) {
        this.name = name;
        this.partition = partition;
    }

    @Override
    public SinkCalls calls(StepSite site) {
        return SinkCalls.of(partition, this, name, site);
    }

    @Override
    public void write(List<Object> items) throws Exception {
        partition.writeBatch(items);
    }

    @Override
    public void onEndOfInput() throws Exception {
        partition.onEndOfInput();
    }

    @Override
    public void unblock() {
        if (partition instanceof BlockingPartition blocking) {
            blocking.unblock();
        }
    }

    @Override
    public void close() throws Exception {
        partition.close();
    }
}
