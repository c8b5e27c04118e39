package dev.waxwing.engine.sink;

import dev.waxwing.engine.delivery.DeliveryKey;
import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.Progress;
import dev.waxwing.engine.delivery.Work;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.WorkerSite;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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

    /** What the store has of each partition, in the order of epochs. */
    private final List<Deque<Work>> kept = new ArrayList<>();

    /**
     * @param parts of the sink, with what the store has of them
     * @param progress takes the newest epoch of a partition
     * @param works takes what is to be committed
     */
    Deliveries(List<DeliveryPart> parts, ChangeLog progress, ChangeLog works, WorkerSite worker) {
        parts.forEach(part -> kept.add(new ArrayDeque<>(part.resumed())));
        this.progress = progress;
        this.works = works;
        this.worker = worker;
    }

    /** An epoch has been prepared. */
    void prepared(SinkSlot<EpochPart> slot, Work work) {
        DeliveryPart part = slot.part.delivery();
        part.wrote(work.epoch());
        progress.put(part.name(), new Progress(work.epoch(), part.owner().step()));
        for (int i = 0; i < work.values().size(); i++) {
            works.put(work.keys().get(i), work.values().get(i));
        }
        kept(slot).add(work);
        worker.deliver(work);
    }

    /** The epoch ends: what is dealt with for good is removed with it. */
    void removeDone(SinkSlot<EpochPart> slot) {
        /* In this order: what is rejected of an epoch is in the queue before the epoch is done. */
        long done = worker.doneEpoch();
        Queue<Work> rejections = slot.part.delivery().rejections();
        Work oldest;
        while ((oldest = kept(slot).peek()) != null
                && oldest.epoch() <= done
                && !rejections.contains(oldest)) {
            for (DeliveryKey key : oldest.keys()) {
                works.remove(key);
            }
            worker.forget(kept(slot).remove());
        }
    }

    /**
     * A work of which items were rejected that are to become dead letters now: one that is done, so
     * that it is removed in the same epoch.
     */
    @Nullable Work takeRejected(SinkSlot<EpochPart> slot) {
        Queue<Work> rejections = slot.part.delivery().rejections();
        Work oldest = rejections.peek();
        return oldest != null && oldest.epoch() <= worker.doneEpoch() ? rejections.remove() : null;
    }

    /** Whether all that was written is done, and all that was rejected is taken. */
    boolean isSettled(SinkSlot<EpochPart> slot) {
        long done = worker.doneEpoch();
        Work newest = kept(slot).peekLast();
        return !slot.written
                && !slot.calls.isBusy()
                && slot.isEmpty()
                && (newest == null || newest.epoch() <= done)
                && slot.part.delivery().rejections().isEmpty();
    }

    private Deque<Work> kept(SinkSlot<EpochPart> slot) {
        return kept.get(slot.index);
    }
}
