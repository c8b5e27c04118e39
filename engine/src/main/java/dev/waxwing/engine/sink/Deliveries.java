package dev.waxwing.engine.sink;

import dev.waxwing.engine.delivery.Committed;
import dev.waxwing.engine.delivery.DeliveryKey;
import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.Done;
import dev.waxwing.engine.delivery.KeptWorks;
import dev.waxwing.engine.delivery.Prepared;
import dev.waxwing.engine.delivery.Progress;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.WorkerSite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The works of an epoch sink in the store: put there with the epoch in which they were written,
 * removed with one that ends after it is done and after what was rejected of it has become dead
 * letters. Confined to the worker.
 */
public final class Deliveries {

    private final List<DeliveryPart> parts;
    private final ChangeLog progress;
    private final ChangeLog works;
    private final WorkerSite worker;
    private final List<KeptWorks> kept;

    /**
     * @param parts of the sink, with what the store has of them
     * @param progress takes the newest epoch of a partition
     * @param works takes what is to be committed
     */
    public Deliveries(
            List<DeliveryPart> parts, ChangeLog progress, ChangeLog works, WorkerSite worker) {
        this.parts = parts;
        this.kept = parts.stream().map(DeliveryPart::kept).toList();
        this.progress = progress;
        this.works = works;
        this.worker = worker;
    }

    /** All of the sink, those of other workers included. */
    List<DeliveryPart> parts() {
        return parts;
    }

    /** An epoch has been prepared. */
    void prepared(SinkSlot<EpochPart> slot, Prepared work) {
        DeliveryPart part = slot.part.delivery();
        part.wrote(work.epoch());
        progress.put(part.name(), new Progress(work.epoch(), part.owner().step()));
        List<DeliveryKey> keys = work.keys();
        for (int i = 0; i < keys.size(); i++) {
            works.put(keys.get(i), work.values().get(i));
        }
        kept(slot).add(work);
        worker.report(work);
    }

    /** The epoch ends: what is dealt with for good is removed with it. */
    void removeDone(SinkSlot<EpochPart> slot) {
        long doneEpoch = worker.doneEpoch();
        Done done;
        while ((done = kept(slot).takeDone(doneEpoch)) != null) {
            done.keys().forEach(works::remove);
            worker.report(done);
        }
    }

    /** A work of which rejected items must become dead letters now, or null. */
    @Nullable Committed takeRejected(SinkSlot<EpochPart> slot) {
        return kept(slot).takeRejected(worker.doneEpoch());
    }

    /** Whether all that was written is done, and all that was rejected is taken. */
    boolean isSettled(SinkSlot<EpochPart> slot) {
        return !slot.written
                && !slot.calls.isBusy()
                && slot.isEmpty()
                && kept(slot).isSettled(worker.doneEpoch());
    }

    private KeptWorks kept(SinkSlot<EpochPart> slot) {
        return kept.get(slot.index);
    }
}
