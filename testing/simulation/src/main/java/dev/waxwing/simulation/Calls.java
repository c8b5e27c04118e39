package dev.waxwing.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The calls that are open somewhere outside, completed when the seed says so, in any order, but in
 * reasonable time.
 */
final class Calls {

    private static final int MILLIS_MAX = 1_000;

    private final LongSupplier steadyMillis;
    private final List<Call> open = new ArrayList<>();

    Calls(LongSupplier steadyMillis) {
        this.steadyMillis = steadyMillis;
    }

    private record Call(long openedMillis, Runnable completion) {}

    <R> CompletionStage<R> open(Supplier<? extends R> result) {
        CompletableFuture<R> call = new CompletableFuture<>();
        open.add(
                new Call(
                        steadyMillis.getAsLong(),
                        () -> {
                            try {
                                call.complete(result.get());
                            } catch (RuntimeException e) {
                                call.completeExceptionally(e);
                            }
                        }));
        return call;
    }

    boolean isAnyOpen() {
        return !open.isEmpty();
    }

    /** Whether the oldest has been open for longer than it should. */
    boolean isAnyOverdue() {
        return isAnyOpen() && steadyMillis.getAsLong() - open.get(0).openedMillis > MILLIS_MAX;
    }

    void completeOldest() {
        open.remove(0).completion.run();
    }

    void completeAny(Chance chance) {
        open.remove(chance.below(open.size())).completion.run();
    }

    /** The caller is gone. */
    void forget() {
        open.clear();
    }
}
