package dev.waxwing.sink;

import java.util.List;

/**
 * An open part of a sink that knows how far it has written. Used by a single thread; no method may
 * block unless the partition is a {@link dev.waxwing.connector.BlockingPartition}.
 *
 * @param <X> item
 * @param <S> position after the last item written; immutable
 */
public interface StatefulSinkPartition<X, S> extends AutoCloseable {

    /** Writes values in order; the list is valid during the call only. */
    void writeBatch(List<X> values) throws Exception;

    /**
     * The position after the last value written; called at the end of each epoch in which something
     * was written. Cheap: what must be forced to disk is forced by {@link #force}.
     */
    S snapshot() throws Exception;

    /**
     * Makes what {@link #snapshot} has described durable. Called after it and before the epoch is
     * decided, off the worker's thread but never at the same time as another method of this
     * partition's thread would undo it: writing may go on meanwhile.
     */
    default void force() throws Exception {}

    /**
     * Checks that what was written is still where it was: that nobody has deleted, replaced or cut
     * it behind the partition's back. Called before each epoch is decided and, while none is, about
     * once in the time of an epoch, also if nothing is written; on threads as {@link #force}. Must
     * be cheap: names and lengths, no contents.
     *
     * @throws Exception if something is missing; the execution stops, and the epoch is not decided
     */
    default void check() throws Exception {}

    /**
     * An epoch is decided that ended at this position, so that an execution that resumes will not
     * return to one before it: for sinks that tell readers how far they may read. Called with some
     * of the positions of {@link #snapshot}, in their order, on threads as {@link #force}. After a
     * crash it may not have been called for the position that the partition is built with.
     *
     * @throws Exception if it cannot be told; the execution stops and can be resumed
     */
    default void onDecided(S position) throws Exception {}

    /** The input has ended; may still write. Called once, before the last snapshot. */
    default void onEndOfInput() throws Exception {}

    /**
     * Releases what the partition holds; exactly once, however the execution ends. It must not be
     * needed for what was written: when the last epoch has been decided, a failure to close is
     * logged and told by {@link dev.waxwing.run.Execution#closingFailure}, and no longer fails the
     * execution.
     */
    @Override
    default void close() throws Exception {}
}
