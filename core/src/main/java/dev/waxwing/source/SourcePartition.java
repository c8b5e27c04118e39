package dev.waxwing.source;

import dev.waxwing.connector.BlockingPartition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An open part of a source, used by a single thread.
 *
 * <p>No method may block, for it would stop every step of that worker: emit nothing instead and say
 * with {@link #nextAwake} when to ask again. A partition that must block says so by implementing
 * {@link BlockingPartition} and gets a thread of its own.
 *
 * @param <T> item
 */
public sealed interface SourcePartition<T> extends AutoCloseable
        permits StatefulSourcePartition, StatelessSourcePartition {

    /**
     * Emits the items that are ready, possibly none.
     *
     * @param out takes the items, never null; valid during this call only
     * @return {@link SourceStatus#ENDED} after the last item; this is then not called again
     * @throws Exception if reading fails; the execution stops unless the step has a policy for it.
     *     What was emitted before counts as read, and the position must be after it. Attempts are
     *     counted in a row: anew after a call that returned or that emitted something
     */
    SourceStatus nextBatch(SourceEmitter<? super T> out) throws Exception;

    /**
     * When to call {@link #nextBatch} next; asked after the partition is built and after every call
     * of {@link #nextBatch}.
     *
     * @return null for at once, or after about a millisecond if the last call emitted nothing
     */
    default @Nullable Instant nextAwake() {
        return null;
    }

    /**
     * Whether its turn has not come yet, such as that of a file which waits until others have been
     * read. It has nothing to emit then but is not silent: the stream's time waits for it ({@link
     * dev.waxwing.step.WatermarkOptions}). What it waits for must not be waiting itself.
     */
    default boolean isWaiting() {
        return false;
    }

    /**
     * Releases what the partition holds; called exactly once, however the execution ends, on the
     * thread that used it.
     */
    @Override
    default void close() throws Exception {}
}
