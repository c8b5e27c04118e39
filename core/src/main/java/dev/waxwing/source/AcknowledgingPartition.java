package dev.waxwing.source;

/**
 * A capability of a source partition: the system that it reads from wants to hear what has been
 * dealt with for good (a queue that would otherwise deliver again).
 *
 * <p>Both methods are called on the thread that reads the partition.
 */
public interface AcknowledgingPartition {

    /** Everything emitted since the last call belongs to {@code epoch}. */
    void onEpochEnd(long epoch);

    /**
     * The epoch and all before it are done: snapshot durable and all sinks committed. Called in
     * ascending order of epochs, some may be passed over; after a crash an epoch may never be
     * acknowledged and its items come again, though their effects stand.
     */
    void acknowledge(long epoch) throws Exception;
}
