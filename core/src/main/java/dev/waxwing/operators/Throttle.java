package dev.waxwing.operators;

import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.function.AsyncMapper;
import dev.waxwing.plan.core.RateLimit;
import dev.waxwing.plan.core.RateLimited;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.ThrottleOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets so many items go on in a length of time. They wait as calls do, which the runner makes
 * complete by its clock: so what waits is bounded, is stored, and holds the end of input.
 */
public final class Throttle {

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private Throttle() {}

    public static <T> Operator<Stream<T>, Stream<T>> by(ThrottleOptions options) {
        Objects.requireNonNull(options, "options must not be null");
        /* Waiting items keep their order by themselves, and nothing else has to stand still for it after a resume. */
        AsyncOptions waiting =
                AsyncOptions.defaults()
                        .withInFlightMax(options.bufferItems())
                        .withTimeout(FOR_EVER)
                        .withOrder(AsyncOptions.Order.AS_COMPLETED);
        return Operator.named(
                "throttle",
                up ->
                        up.keyOn("all", item -> "throttled")
                                .mapValueAsync("wait", new Waiting<T>(options), waiting)
                                .dropKey("drop-key"));
    }

    /** Gives back what it gets; when, is the runner's business. */
    private record Waiting<T>(ThrottleOptions options) implements AsyncMapper<T, T>, RateLimited {

        @Override
        public CompletionStage<T> call(T item) {
            return CompletableFuture.completedFuture(item);
        }

        @Override
        public RateLimit newLimit() {
            return new RateLimit(options);
        }
    }
}
