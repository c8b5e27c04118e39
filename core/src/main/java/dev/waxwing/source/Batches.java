package dev.waxwing.source;

import dev.waxwing.function.Supplier;
import dev.waxwing.kernel.Emitter;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a client library gives into batches, for {@link SourcePartition#nextBatch}:
 *
 * <pre>{@code
 * private final Batches<Message> batches = Batches.ready(queue::poll, 100);
 *
 * @Override
 * public SourceStatus nextBatch(SourceEmitter<? super Message> out) throws Exception {
 *     return batches.emitTo(out);
 * }
 * }</pre>
 *
 * <p>Confined to the thread of the partition.
 *
 * @param <T> item
 */
public interface Batches<T> extends AutoCloseable {

    /**
     * The next batch, empty if nothing is ready; null after the last.
     *
     * @throws Exception if getting the first item of the batch fails. If it fails later, what there
     *     is before is the batch, and the next call throws
     */
    @Nullable List<T> next() throws Exception;

    /** Emits the next batch; returns whether there may be more. */
    default SourceStatus emitTo(Emitter<? super T> out) throws Exception {
        List<T> batch = next();
        if (batch == null) {
            return SourceStatus.ENDED;
        }
        batch.forEach(out::emit);
        return SourceStatus.OPEN;
    }

    /** Releases what is under way. */
    @Override
    default void close() throws Exception {}

    /** Batches of up to {@code size} items, none of them empty; ends with the iterator. */
    static <T> Batches<T> of(Iterator<? extends T> items, int size) {
        return new CutBatches<>(items, size);
    }

    /**
     * Batches of up to {@code size} items that are ready, as {@code queue::poll} gives them.
     *
     * @param getter returns null if nothing is ready now, and throws {@link
     *     java.util.NoSuchElementException} after the last item
     */
    static <T> Batches<T> ready(Supplier<? extends @Nullable T> getter, int size) {
        return new ReadyBatches<>(getter, size);
    }

    /**
     * Batches of up to {@code size} items of an asynchronous client. One fetch is under way at a
     * time; one that has not completed in time is kept for the next batch.
     *
     * @param fetch begins to fetch one item; the stage completes with null after the last
     * @param timeout how long to wait for a batch to fill; zero in a partition that must not block
     */
    static <T> Batches<T> fetched(
            Supplier<? extends CompletionStage<? extends @Nullable T>> fetch,
            int size,
            Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "timeout must be zero or longer, but was " + timeout);
        }
        return new FetchedBatches<>(fetch, size, timeout);
    }
}
