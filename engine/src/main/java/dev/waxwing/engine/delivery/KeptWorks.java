package dev.waxwing.engine.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The works of a partition that the store has, from when they are prepared until they are done.
 * Confined to the worker.
 */
public final class KeptWorks {

    /*
     * Delivery puts what it has committed into the queue, if something of it was rejected, before the epoch is done. So
     * whoever reads the newest done epoch first and then looks into the queue misses nothing.
     */
    private final Deque<Prepared> kept;
    private final Queue<Committed> rejections;

    KeptWorks(Iterable<Prepared> resumed, Queue<Committed> rejections) {
        this.kept = new ArrayDeque<>();
        resumed.forEach(kept::add);
        this.rejections = rejections;
    }

    /** Adds one of a newer epoch. */
    public void add(Prepared work) {
        kept.add(work);
    }

    /**
     * Takes a work of which items were rejected that must become dead letters now: one that is
     * done, so that it is removed in the same epoch.
     *
     * @return null if there is none
     */
    public @Nullable Committed takeRejected(long doneEpoch) {
        Committed oldest = rejections.peek();
        return oldest != null && oldest.epoch() <= doneEpoch ? rejections.remove() : null;
    }

    /**
     * Takes the oldest work if it is done, and what was rejected of it has been taken.
     *
     * @return null if there is none
     */
    public @Nullable Done takeDone(long doneEpoch) {
        Prepared oldest = kept.peek();
        if (oldest == null || oldest.epoch() > doneEpoch || isRejecting(oldest)) {
            return null;
        }
        return new Done(kept.remove());
    }

    /** Whether all is done, and all that was rejected has been taken. */
    public boolean isSettled(long doneEpoch) {
        Prepared newest = kept.peekLast();
        return (newest == null || newest.epoch() <= doneEpoch) && rejections.isEmpty();
    }

    private boolean isRejecting(Prepared work) {
        for (Committed each : rejections) {
            if (each.isOf(work)) {
                return true;
            }
        }
        return false;
    }
}
