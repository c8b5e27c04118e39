package dev.waxwing.engine.delivery;

/** The share of a sink's partition in an epoch, in one of the stages of its life. */
public sealed interface Work permits Work.Reported, Decided, Committed {

    /*
     *   Prepared    made on the partition's lane, reported by the worker, stored with the epoch       immutable
     *      │ the coordinator decides the epoch
     *   Decided     tried until the target has it, by the committer of its partition     on the lane, or in Delivery
     *      │ the target has it, without what it rejected
     *   Committed   its epoch is done when all of it is; the worker passes on what was rejected       immutable
     *      │ the worker removes it from the store with an epoch that ends later
     *   Done        reported with that epoch; when it is decided, the segments are deleted            immutable
     *
     * Each stage is made of the one before, by this package alone, and has only the methods that are right in it. What
     * threads share is immutable, but for the reasons of rejections, which are added to by the lane and may be read by
     * all. A Decided work is the one that changes: it is handed from Delivery to the lane and back with the outcome, so
     * that only one of them has it.
     */

    /** The partition that commits it, and tells of its rejections. */
    DeliveryPart part();

    long epoch();

    /**
     * A stage that a worker reports with an epoch: of what the epoch adds to the store, or removes.
     */
    sealed interface Reported extends Work permits Prepared, Done {}

    /** A part of a work, as the store gives it back. */
    record Stored(DeliveryKey key, Object value) {}
}
