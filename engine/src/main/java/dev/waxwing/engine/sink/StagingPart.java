package dev.waxwing.engine.sink;

import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.Lane;
import dev.waxwing.engine.delivery.Prepared;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.sink.TwoPhasePartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes to a partition that stages its items itself; whoever opened it closes it. */
final class StagingPart implements EpochPart {

    private final DeliveryPart delivery;
    private final TwoPhasePartition<Object, ?> partition;
    private boolean written;

    StagingPart(DeliveryPart delivery, TwoPhasePartition<Object, ?> partition) {
        this.delivery = delivery;
        this.partition = partition;
    }

    @Override
    public DeliveryPart delivery() {
        return delivery;
    }

    @Override
    public SinkCalls calls(StepSite site) {
        return new LaneCalls(new LentLane(delivery), this, site.worker().signal());
    }

    @Override
    public void write(List<Object> items) throws Exception {
        written = true;
        partition.writeBatch(items);
    }

    @Override
    public @Nullable Prepared prepare(long epoch, long nowMillis) throws Exception {
        if (!written) {
            return null;
        }
        written = false;
        List<Object> committables = List.copyOf(partition.prepare(epoch));
        return committables.isEmpty() ? null : new Prepared(delivery, epoch, committables);
    }

    @Override
    public void onEndOfInput() {}

    @Override
    public void close() {}

    /** The lane on which the partition commits, which {@code Delivery} closes. */
    private record LentLane(DeliveryPart delivery) implements Lane {

        @Override
        public void run(Runnable task) {
            delivery.lane().run(task);
        }

        @Override
        public void close(AutoCloseable last, Runnable unblock) {}
    }
}
