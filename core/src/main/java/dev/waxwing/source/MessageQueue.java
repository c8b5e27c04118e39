package dev.waxwing.source;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a queue that delivers a message again until it is acknowledged; what the author
 * of a connector writes, for a {@link QueueSource}. Used by a single thread, which is its own, so
 * that every method may block.
 *
 * <p>A tag is valid until the message is delivered again, acknowledged or released, or the queue's
 * time for it has run out; one that is not valid any more must be passed over silently.
 *
 * @param <T> item
 */
public interface MessageQueue<T> extends AutoCloseable {

    /**
     * Takes messages that nobody holds, and holds them.
     *
     * @param messagesMax 1 or more
     * @param wait how long to wait for the first, at most
     * @return in the queue's order, empty if there is none; null if there will never be one
     */
    @Nullable List<QueueMessage<T>> receive(int messagesMax, Duration wait) throws Exception;

    /** These have been dealt with for good and need not come again. */
    void acknowledge(List<String> tags) throws Exception;

    /**
     * Gives these back, so that they come again at once rather than when their time has run out.
     */
    default void release(List<String> tags) throws Exception {}

    /** Holds these for longer, as if they had just come; called now and then if there are any. */
    default void extend(List<String> tags) throws Exception {}

    /** Releases what the connection holds; exactly once, however the execution ends. */
    @Override
    default void close() throws Exception {}
}
