package dev.waxwing.connector;

/**
 * A capability of a source or sink partition: its calls may block, so it runs on a thread of its
 * own behind a bounded queue. Order, marks and errors stay the same; {@code snapshot} is called on
 * that thread, too, and describes what has been handed over.
 *
 * <p>Before {@code close} is called, on that thread as well, a call that is under way is
 * interrupted. A call that ignores interrupts should end by {@link #unblock}. If it does not, an
 * execution that is stopped waits for it up to the time-out of the stop, one that is aborted or has
 * failed for some seconds; then it ends and leaves the thread behind, a daemon, with a warning that
 * says where it is. {@code close} is called when the call returns after all.
 */
public interface BlockingPartition {

    /**
     * Ends a call that does not end by the interrupt, as by cutting the connection that it reads
     * from. Called at most once, on another thread than all other methods and during one of them,
     * when the partition is to be closed. Must not block.
     */
    default void unblock() {}
}
