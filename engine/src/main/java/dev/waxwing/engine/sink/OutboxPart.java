package dev.waxwing.engine.sink;

import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.Lane;
import dev.waxwing.engine.delivery.OutboxEntry;
import dev.waxwing.engine.delivery.Prepared;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.engine.site.WorkerSite;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.segment.SegmentWriter;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.PartialWriteException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the items of an epoch in the store until they are committed: a segment an epoch. */
final class OutboxPart implements EpochPart {

    private final DeliveryPart delivery;
    private final ByteOutput encoded = new ByteOutput();
    private @Nullable SegmentWriter segment;

    OutboxPart(DeliveryPart delivery) {
        this.delivery = delivery;
    }

    @Override
    public DeliveryPart delivery() {
        return delivery;
    }

    @Override
    public boolean isStore() {
        return true;
    }

    @Override
    public SinkCalls calls(StepSite site) {
        WorkerSite worker = site.worker();
        String stepId = delivery.step().userStep();
        Lane lane = worker.lanes().open("waxwing outbox " + stepId + " " + delivery.name(), stepId);
        return new LaneCalls(lane, this, worker.signal());
    }

    /* An item that cannot be encoded does not keep the others from being stored. */
    @Override
    public void write(List<Object> items) throws PartialWriteException {
        SegmentWriter to = segment;
        if (to == null) {
            to = delivery.segments().create(delivery.newOutboxName());
            segment = to;
        }
        List<Integer> failed = new ArrayList<>();
        IllegalArgumentException cause = null;
        for (int i = 0; i < items.size(); i++) {
            try {
                delivery.items().encode(items.get(i), encoded);
            } catch (RecoveryException e) {
                failed.add(i);
                cause = new IllegalArgumentException(e.getMessage(), e);
                continue;
            }
            to.add(encoded);
        }
        if (cause != null) {
            throw new PartialWriteException(
                    failed.stream().mapToInt(Integer::intValue).toArray(), cause);
        }
    }

    @Override
    public @Nullable Prepared prepare(long epoch, long nowMillis) {
        SegmentWriter written = segment;
        if (written == null) {
            return null;
        }
        segment = null;
        try (written) {
            if (written.items() == 0) {
                return null;
            }
            OutboxEntry entry =
                    new OutboxEntry(
                            written.finish(),
                            delivery.items().schema(),
                            delivery.last(),
                            batchItems(),
                            nowMillis);
            return new Prepared(delivery, epoch, List.of(entry));
        }
    }

    private int batchItems() {
        return delivery.partition() instanceof IdempotentPartition<?> sent
                ? sent.batchItemsMax()
                : 0;
    }

    @Override
    public void onEndOfInput() {}

    @Override
    public void close() {
        SegmentWriter written = segment;
        if (written != null) {
            written.close();
        }
    }
}
