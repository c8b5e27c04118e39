package dev.waxwing.engine.sink;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.sink.StatefulSinkPartition;
import java.util.List;
import java.util.Objects;

/** A user's partition with a position. */
final class StatefulPart implements PositionPart {

    private final String name;
    private final StatefulSinkPartition<Object, Object> partition;

    private StatefulPart(String name, StatefulSinkPartition<Object, Object> partition) {
        this.name = name;
        this.partition = partition;
    }

    /** A partition that is called on the worker, or on a lane and then asked there. */
    static PositionPart of(
            String name, StatefulSinkPartition<Object, Object> partition, StepSite site) {
        var part = new StatefulPart(name, partition);
        return SinkCalls.isOnLane(partition, site.worker()) ? new LanePositionPart(part) : part;
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
    public Object snapshot() throws Exception {
        return Objects.requireNonNull(partition.snapshot(), "snapshot returned null");
    }

    @Override
    public void force() throws Exception {
        partition.force();
    }

    @Override
    public void check() throws Exception {
        partition.check();
    }

    @Override
    public void onDecided(Object position) throws Exception {
        partition.onDecided(position);
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
