package dev.waxwing.source;

import dev.waxwing.function.Supplier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Batches of an asynchronous producer; a fetch that is under way is kept from batch to batch. */
final class FetchedBatches<T> extends GatheredBatches<T> {

    private static final long FOR_EVER_SECONDS = TimeUnit.DAYS.toSeconds(36_500);

    private final Supplier<? extends CompletionStage<? extends @Nullable T>> fetch;
    private final long timeoutNanos;
    private @Nullable CompletableFuture<? extends @Nullable T> pending;

    FetchedBatches(
            Supplier<? extends CompletionStage<? extends @Nullable T>> fetch,
            int size,
            Duration timeout) {
        super(size);
        this.fetch = fetch;
        this.timeoutNanos =
                timeout.toSeconds() > FOR_EVER_SECONDS
                        ? TimeUnit.SECONDS.toNanos(FOR_EVER_SECONDS)
                        : timeout.toNanos();
    }

    @Override
    boolean gather(List<T> batch, int count) throws Exception {
        long deadline = System.nanoTime() + timeoutNanos;
        while (batch.size() < count) {
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
                return true;
            } catch (CancellationException cancelled) {
                pending = null;
                throw cancelled;
            } catch (ExecutionException failed) {
                pending = null;
                throw failed.getCause() instanceof Exception cause ? cause : failed;
            }
            pending = null;
            if (item == null) {
                return false;
            }
            batch.add(item);
        }
        return true;
    }

    @Override
    public void close() {
        if (pending != null) {
            pending.cancel(true);
        }
    }
}
