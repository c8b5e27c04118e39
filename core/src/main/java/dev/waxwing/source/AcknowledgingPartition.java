package dev.waxwing.source;

/**
 * A capability of a source partition: the system that it reads from wants to hear what has been
 * dealt with for good (a queue that would otherwise deliver again).
 *
 * <p>The runner keeps the position that the partition had at the end of each epoch, and gives it
 * back when the epoch is done: its snapshot durable and all sinks committed. A position with items
 * before it that steps had not taken at that end is given back after a later epoch.
 *
 * @param <S> position, as {@link StatefulSourcePartition#snapshot} returns it
 */
public interface AcknowledgingPartition<S> {

    /**
     * Everything up to a position is done. Called on the thread that reads the partition, in
     * ascending order of positions, some may be passed over. After a crash a position may never be
     * acknowledged and its items come again, though their effects stand: a partition that is built
     * with a resume state must pass over, or be told again, what that state already covers.
     *
     * @throws Exception if it cannot be said; the execution stops and can be resumed
     */
    void acknowledge(S upTo) throws Exception;

    /**
     * Renews what the system lends for a time only, such as the leases of messages that are under
     * way. Called on the thread that reads the partition, between other calls, about ten times a
     * second, also while sources pause or slower steps hold the partition back; it is for the
     * partition to know when there is something to do.
     *
     * @throws Exception if it cannot be done now; it is tried again, with a warning. {@code
     *     nextBatch} should fail for as long as that lasts
     */
    default void renew() throws Exception {}
}
