package dev.waxwing.testing;

import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.plan.core.RateLimit;
import dev.waxwing.plan.core.RateLimited;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Steps without state or life of their own. */
final class SimpleReference extends ReferenceStep {

    private final OnItem onItem;
    private final Attempts attempts;

    /**
     * @param what what of the user's is called, for messages
     */
    SimpleReference(CoreStep step, ReferenceTime time, String what, OnItem onItem) {
        super(step, time);
        this.onItem = onItem;
        this.attempts = new Attempts(this, what);
    }

    interface OnItem {
        void on(SimpleReference step, @Nullable Object key, Object item, ReferenceOutputs out)
                throws Exception;
    }

    @Override
    void onItem(@Nullable Object key, Object item) {
        attempts.forItem(key, item, out -> onItem.on(this, key, item, out));
    }

    /** Passes an item on as it is. */
    static SimpleReference pass(CoreStep step, ReferenceTime time) {
        return new SimpleReference(
                step, time, "the step", (self, key, item, out) -> out.emit(item));
    }

    /** Passes a value on without its key. */
    static ReferenceStep dropKey(CoreStep step, ReferenceTime time) {
        return new ReferenceStep(step, time) {
            @Override
            void onItem(@Nullable Object key, Object item) {
                send(0, null, item);
            }

            @Override
            boolean takesItems() {
                return isTaken(0);
            }
        };
    }

    @SuppressWarnings("unchecked") // the stream that the function was given to had its types
    static SimpleReference keyOn(
            CoreStep step, ReferenceTime time, dev.waxwing.function.Mapper<?, ?> key) {
        var function = (dev.waxwing.function.Mapper<Object, Object>) key;
        return new SimpleReference(
                step,
                time,
                "the key function",
                (self, none, item, out) ->
                        out.emit(self.checks.key(function.map(item), item), item));
    }

    @SuppressWarnings("unchecked") // as above
    static SimpleReference async(
            CoreStep step, ReferenceTime time, dev.waxwing.plan.core.CoreOperator.Async async) {
        if (async.mapper() instanceof RateLimited limited) {
            return limited(step, time, limited.newLimit());
        }
        var call = (dev.waxwing.function.AsyncMapper<Object, Object>) async.mapper();
        long timeoutMillis = async.options().timeout().toMillis();
        return new SimpleReference(
                step,
                time,
                "the call",
                (self, key, item, out) -> {
                    try {
                        var stage = self.checks.resultFor(item, call.call(item), "the call");
                        Answer answer =
                                stage.handle(Answer::new)
                                        .toCompletableFuture()
                                        .get(timeoutMillis, TimeUnit.MILLISECONDS);
                        out.emit(self.checks.item(answer.result()));
                    } catch (TimeoutException e) {
                        throw self.checks.timedOut(async.options().timeout(), item);
                    }
                });
    }

    /** Lets time pass before each item that comes too soon; so nothing ever waits beside it. */
    private static SimpleReference limited(CoreStep step, ReferenceTime time, RateLimit limit) {
        return new SimpleReference(
                step,
                time,
                "the step",
                (self, key, item, out) -> {
                    limit.startWaiting(time.nowMillis());
                    time.passUntil(limit.dueMillis());
                    limit.pass(time.nowMillis());
                    out.emit(item);
                });
    }

    /** What a call has completed with. */
    private record Answer(@Nullable Object value, @Nullable Throwable failure) {

        @Nullable Object result() throws Exception {
            Throwable cause =
                    failure instanceof CompletionException wrapped ? wrapped.getCause() : null;
            Throwable thrown = cause == null ? failure : cause;
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown != null) {
                throw (Exception) thrown;
            }
            return value;
        }
    }
}
