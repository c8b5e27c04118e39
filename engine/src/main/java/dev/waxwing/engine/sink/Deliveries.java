package dev.waxwing.engine.sink;

import dev.waxwing.engine.delivery.DeliveryKey;
import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.Progress;
import dev.waxwing.engine.delivery.Work;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.WorkerSite;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What the partitions of an epoch sink have in the store: put there with the epoch that they wrote
 * in, removed with one that ends after it is done and after what was rejected of it has become dead
 * letters. Confined to the worker.
 */
final class Deliveries {

    private final ChangeLog progress;
    private final ChangeLog works;
    private final WorkerSite worker;

    /**
     * @param progress takes the newest epoch of a partition
     * @param works takes what is to be committed
     */
    Deliveries(ChangeLog progress, ChangeLog works, WorkerSite worker) {
        this.progress = progress;
        this.works = works;
        this.worker = worker;
    }

    void opened(SinkSlot slot) {
        slot.kept.addAll(part(slot).resumed());
    }

    /** An epoch has been prepared. */
    void prepared(SinkSlot slot, Work work) {
        DeliveryPart part = part(slot);
        part.wrote(work.epoch());
        progress.put(part.name(), new Progress(work.epoch(), part.owner().step()));
        for (int i = 0; i < work.values().size(); i++) {
            works.put(work.keys().get(i), work.values().get(i));
        }
        slot.kept.add(work);
        worker.deliver(work);
    }

    /** The epoch ends: what is dealt with for good is removed with it. */
    void removeDone(SinkSlot slot) {
        /* In this order: what is rejected of an epoch is in the queue before the epoch is done. */
        long done = worker.doneEpoch();
        Queue<Work> rejections = part(slot).rejections();
        Work oldest;
        while ((oldest = slot.kept.peek()) != null
                && oldest.epoch() <= done
                && !rejections.contains(oldest)) {
            for (DeliveryKey key : oldest.keys()) {
                works.remove(key);
            }
            worker.forget(slot.kept.remove());
        }
    }

    /**
     * A work of which items were rejected that are to become dead letters now: one that is done, so
     * that it is removed in the same epoch.
     */
    @Nullable Work takeRejected(SinkSlot slot) {
        Queue<Work> rejections = part(slot).rejections();
        Work oldest = rejections.peek();
        return oldest != null && oldest.epoch() <= worker.doneEpoch() ? rejections.remove() : null;
    }

    /** Whether all that was written is done, and all that was rejected is taken. */
    boolean isSettled(SinkSlot slot) {
        long done = worker.doneEpoch();
        Work newest = slot.kept.peekLast();
        return !slot.written
                && !slot.isPreparing()
                && slot.isEmpty()
                && (newest == null || newest.epoch() <= done)
                && part(slot).rejections().isEmpty();
    }

    private static DeliveryPart part(SinkSlot slot) {
        return Objects.requireNonNull(slot.part.delivery(), "a partition of an epoch sink");
    }
}
