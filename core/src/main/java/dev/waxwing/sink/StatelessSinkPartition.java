package dev.waxwing.sink;

import java.util.List;

/**
 * A worker's part of a {@link DynamicSink}. Used by a single thread; no method may block unless the
 * partition is a {@link dev.waxwing.connector.BlockingPartition}.
 *
 * @param <X> item
 */
public interface StatelessSinkPartition<X> extends AutoCloseable {

    /**
     * Writes items in order; the list is valid during the call only. An epoch is decided only after
     * its items have been written.
     */
    void writeBatch(List<X> items) throws Exception;

    /** The input has ended; may still write. Called once. */
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
