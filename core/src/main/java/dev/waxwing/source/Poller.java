package dev.waxwing.source;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link PollingSource} asks for items. Used by a single thread, which is its own, so that
 * it may block.
 *
 * @param <T> item
 * @param <S> position of the next item; immutable
 */
public interface Poller<T, S> extends AutoCloseable {

    /**
     * Asks once.
     *
     * @return the item, or null if there is none this time
     * @throws RetryException to be asked again at another time than the interval says
     * @throws Exception if asking fails; the execution stops unless the step has a policy for it
     */
    @Nullable T nextItem() throws Exception;

    /**
     * Whether there is more already, so that it is asked again at once; asked after each call of
     * {@link #nextItem} that did not throw.
     */
    default boolean hasMore() {
        return false;
    }

    /** Whether that was all; asked after each call of {@link #nextItem}. */
    default boolean isEnded() {
        return false;
    }

    /** Position after the last item; what {@link PollingSource#open} is given on a resume. */
    S snapshot();

    /** Releases what the poller holds; exactly once, however the execution ends. */
    @Override
    default void close() throws Exception {}
}
