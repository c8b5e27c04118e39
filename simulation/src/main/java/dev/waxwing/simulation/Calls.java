package dev.waxwing.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The calls that are open somewhere outside, completed when the seed says so, in any order. */
final class Calls {

    private final List<Runnable> open = new ArrayList<>();

    <R> CompletionStage<R> open(Supplier<? extends R> result) {
        CompletableFuture<R> call = new CompletableFuture<>();
        open.add(
                () -> {
                    try {
                        call.complete(result.get());
                    } catch (RuntimeException e) {
                        call.completeExceptionally(e);
                    }
                });
        return call;
    }

    boolean isAnyOpen() {
        return !open.isEmpty();
    }

    void completeOne(Chance chance) {
        open.remove(chance.below(open.size())).run();
    }

    /** The caller is gone. */
    void forget() {
        open.clear();
    }
}
