package dev.waxwing.engine.delivery;

import dev.waxwing.step.DataflowException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * A work whose epoch is decided, and how far its target has come with it. Confined to whoever has
 * the reference: the partition's lane while an attempt is made, {@link Delivery} in between.
 */
final class Decided implements Work {

    private final Prepared prepared;

    /** Whether the target said that it has this when the execution started. */
    private final boolean isThere;

    private long next;
    private List<Long> again = List.of();
    private long delivered;

    Decided(Prepared prepared, boolean isThere) {
        this.prepared = prepared;
        this.isThere = isThere;
    }

    @Override
    public DeliveryPart part() {
        return prepared.part();
    }

    @Override
    public long epoch() {
        return prepared.epoch();
    }

    /** Whether no attempt is needed, as the target had it before. */
    boolean isThere() {
        return isThere;
    }

    List<Object> committables() {
        return prepared.values();
    }

    OutboxEntry outbox() {
        return prepared.outbox();
    }

    /** Number of items in the outbox. */
    long items() {
        return prepared.items();
    }

    /** Committables, or places of the outbox, that have been dealt with. */
    long next() {
        return next;
    }

    /** Places of the batch at {@link #next} that are to be sent again; empty for the whole. */
    List<Long> again() {
        return again;
    }

    /** Number of items that were handed to the target for good. */
    long delivered() {
        return delivered;
    }

    /** Why items were rejected, by place; a view. */
    SortedMap<Long, String> rejected() {
        return prepared.hasOutbox()
                ? prepared.rejections().reasons()
                : Collections.emptySortedMap();
    }

    /** All before a place has been dealt with. */
    void goOnAt(long place) {
        next = place;
        again = List.of();
    }

    /** Some of the batch at {@link #next} are to be sent again. */
    void sendAgain(List<Long> places) {
        again = places;
    }

    /** The target has taken items for good. */
    void deliver(long items) {
        delivered += items;
    }

    /** The target has taken all items that it has not rejected. */
    void deliverAll() {
        delivered = items() - rejected().size();
    }

    /** Makes it durable that items are rejected. */
    void reject(SortedMap<Long, String> byPlace) {
        prepared.rejections().add(byPlace);
    }

    /** Grows with each part of it that is dealt with. */
    long progress() {
        return next + delivered;
    }

    /**
     * The target has it.
     *
     * @throws DataflowException if items of the outbox were neither committed nor rejected: the
     *     sink's part of the ledger
     */
    Committed committed() {
        if (prepared.hasOutbox() && !isThere && items() != delivered + rejected().size()) {
            throw new DataflowException(
                    part().step().userStep(),
                    part().description()
                            + ": the outbox of epoch "
                            + epoch()
                            + " has "
                            + items()
                            + " items, but "
                            + delivered
                            + " were committed and "
                            + rejected().size()
                            + " rejected; this is a defect of Waxwing, please report it",
                    null);
        }
        return new Committed(prepared);
    }
}
