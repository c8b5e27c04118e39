package dev.waxwing.engine.delivery;

import dev.waxwing.recovery.segment.SegmentReader;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.RejectedItemsException;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.step.DeliveryException;

/** Writes an outbox and the marker in one transaction; after a doubt, the marker is asked. */
final class TransactionalCommitter implements Committer {

    private final DeliveryPart part;
    private final TransactionalPartition<Object> partition;

    /* Confined to the lane. */
    private long held;
    private boolean inDoubt;

    TransactionalCommitter(DeliveryPart part, TransactionalPartition<Object> partition) {
        this.part = part;
        this.partition = partition;
        this.held = part.heldEpoch();
    }

    @Override
    public Outcome attempt(Decided work) throws Exception {
        if (inDoubt && isThere(work)) {
            return Outcome.alreadyCommitted();
        }
        while (!isApplied(work)) {
            /* Without what was rejected. */
        }
        return Outcome.committed();
    }

    private boolean isApplied(Decided work) throws Exception {
        OutboxEntry outbox = work.outbox();
        Places places = new Places(work.items(), work.rejected().keySet());
        try (SegmentReader segment = part.segments().open(outbox.segment())) {
            inDoubt = true;
            OutboxItems rows =
                    new OutboxItems(segment, part.items().reader(outbox.schema()), places);
            partition.apply(new Commit(work.epoch(), part.owner()), rows);
            checkRead(work, rows);
            committed(work);
            return true;
        } catch (RejectedItemsException rejected) {
            inDoubt = false;
            Committer.reject(work, rejected, places::at);
            return false;
        }
    }

    /* What was not read cannot be in the target, whatever its marker says. */
    private void checkRead(Decided work, OutboxItems rows) {
        if (rows.readItems() < rows.size()) {
            throw new DeliveryException(
                    part.step().userStep(),
                    part.description()
                            + ": apply has written epoch "
                            + work.epoch()
                            + ", but has read "
                            + rows.readItems()
                            + " of its "
                            + rows.size()
                            + " rows; mend the sink, which is to read all of them, and replay from"
                            + " an epoch before, as the target's marker says that it has this one",
                    null);
        }
    }

    private boolean isThere(Decided work) throws Exception {
        Marker found = partition.claim(part.owner());
        long epoch = found == null ? 0 : found.epoch();
        if (epoch == work.epoch()) {
            committed(work);
            return true;
        }
        if (epoch != held) {
            throw new DeliveryException(
                    part.step().userStep(),
                    part.description()
                            + ": the target held epoch "
                            + held
                            + " and now holds epoch "
                            + epoch
                            + ", which this execution has not written; if it was restored from a"
                            + " backup, restore a newer one, or start again and adopt it as it is",
                    null);
        }
        inDoubt = false;
        return false;
    }

    private void committed(Decided work) {
        inDoubt = false;
        held = work.epoch();
        work.deliverAll();
    }
}
