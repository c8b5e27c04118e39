package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;

import dev.waxwing.AsyncOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What {@code mapAsync} and {@code mapValueAsync} mean on any runner. */
public abstract class MapAsyncSpec extends OperatorSpec {

    private static final AsyncOptions IN_ORDER = AsyncOptions.defaults();

    @Test
    void replacesEachItemByTheResultInOrder() {
        given(1, 2, 3, 4)
                .through(
                        numbers ->
                                numbers.<Integer>mapAsync(
                                        "call",
                                        n -> CompletableFuture.supplyAsync(() -> n * 10),
                                        IN_ORDER))
                .expect(10, 20, 30, 40);
    }

    @Test
    void callsThatHaveCompletedAtOnceAreFine() {
        given(1, 2, 3)
                .through(
                        numbers ->
                                numbers.<Integer>mapAsync(
                                        "call",
                                        n -> CompletableFuture.completedFuture(n + 1),
                                        IN_ORDER))
                .expect(2, 3, 4);
    }

    @Test
    void resultsAsTheyCompleteAreAllThere() {
        given(1, 2, 3, 4)
                .through(
                        numbers ->
                                numbers.<Integer>mapAsync(
                                        "call",
                                        n -> CompletableFuture.supplyAsync(() -> n * 10),
                                        IN_ORDER.withOrder(AsyncOptions.Order.AS_COMPLETED)))
                .expectInAnyOrder(10, 20, 30, 40);
    }

    @Test
    void keepsNoMoreCallsOpenThanAllowed() {
        given(1, 2, 3, 4, 5, 6, 7)
                .through(
                        numbers ->
                                numbers.<Integer>mapAsync(
                                        "call",
                                        n -> CompletableFuture.supplyAsync(() -> n),
                                        IN_ORDER.withInFlightMax(1)))
                .expect(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void keysStay() {
        givenKeyed(keyed("a", 1), keyed("b", 2), keyed("a", 3))
                .through(
                        pairs ->
                                pairs.<Integer>mapValueAsync(
                                        "call",
                                        n -> CompletableFuture.supplyAsync(() -> n * 10),
                                        IN_ORDER))
                .expect(keyed("a", 10), keyed("b", 20), keyed("a", 30));
    }

    @Test
    void resultsReachStatefulStepsBeforeTheEndOfInput() {
        given(1, 2, 3)
                .throughKeyed(
                        numbers ->
                                numbers.<Integer>mapAsync(
                                                "call",
                                                n -> CompletableFuture.supplyAsync(() -> n),
                                                IN_ORDER)
                                        .keyOn("one", n -> "all")
                                        .countFinal("count"))
                .expect(keyed("all", 3L));
    }

    @Test
    void callThatFailsStopsTheExecutionWithItsOwnCause() {
        given(1).through(
                        numbers ->
                                numbers.<Integer>mapAsync(
                                        "bad",
                                        n ->
                                                CompletableFuture.failedFuture(
                                                        new IllegalStateException("boom")),
                                        IN_ORDER))
                .expectFailure(
                        "step 'flow.bad': the call threw", "java.lang.IllegalStateException: boom");
    }

    @Test
    void callThatThrowsStopsTheExecution() {
        given(1).through(
                        numbers ->
                                numbers.<Integer>mapAsync("bad", n -> failWith("boom"), IN_ORDER))
                .expectFailure("step 'flow.bad': the call threw", "boom");
    }

    @Test
    void callThatCompletesWithNullIsRefused() {
        given(1).through(
                        numbers ->
                                numbers.<Integer>mapAsync(
                                        "bad",
                                        n -> CompletableFuture.completedFuture(nullResult()),
                                        IN_ORDER))
                .expectFailure("step 'flow.bad'", "emitted a null item");
    }

    @Test
    void callThatNeverCompletesFailsAfterTheTimeout() {
        given(1).through(
                        numbers ->
                                numbers.<Integer>mapAsync(
                                        "slow",
                                        n -> new CompletableFuture<>(),
                                        IN_ORDER.withTimeout(Duration.ofMillis(20))))
                .expectFailure("step 'flow.slow'", "has not completed within PT0.02S");
    }
}
