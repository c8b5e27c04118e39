package dev.waxwing.source;

import dev.waxwing.function.Supplier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Batches of an asynchronous producer; a fetch that is under way is kept from batch to batch. */
final class FetchedBatches<T> implements Batches<T> {

    private static final long FOR_EVER_SECONDS = TimeUnit.DAYS.toSeconds(36_500);

    private final Supplier<? extends CompletionStage<? extends @Nullable T>> fetch;
    private final int size;
    private final long timeoutNanos;
    private @Nullable CompletableFuture<? extends @Nullable T> pending;
    private boolean ended;

    FetchedBatches(
            Supplier<? extends CompletionStage<? extends @Nullable T>> fetch,
            int size,
            Duration timeout) {
        this.fetch = fetch;
        this.size = size;
        this.timeoutNanos =
                timeout.toSeconds() > FOR_EVER_SECONDS
                        ? TimeUnit.SECONDS.toNanos(FOR_EVER_SECONDS)
                        : timeout.toNanos();
    }

    @Override
    public @Nullable List<T> next() throws Exception {
        long deadline = System.nanoTime() + timeoutNanos;
        List<T> batch = new ArrayList<>();
        while (!ended && batch.size() < size) {
            CompletableFuture<? extends @Nullable T> current = pending;
            if (current == null) {
                current = fetch.get().toCompletableFuture();
                pending = current;
            }
            long left = Math.max(0, deadline - System.nanoTime());
            T item;
            try {
                item = current.get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException later) {
                return batch;
            } catch (ExecutionException failed) {
                pending = null;
                throw failed.getCause() instanceof Exception cause ? cause : failed;
            }
            pending = null;
            if (item == null) {
                ended = true;
            } else {
                batch.add(item);
            }
        }
        return batch.isEmpty() && ended ? null : batch;
    }

    @Override
    public void close() {
        if (pending != null) {
            pending.cancel(true);
        }
    }
}
