package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.testing.TestSink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
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
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    var open = new AtomicInteger();
                    var most = new AtomicInteger();
                    var sink = new TestSink<Integer>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.source(1, 2, 3, 4, 5, 6, 7))
                            .<Integer>mapAsync(
                                    "call",
                                    n -> {
                                        most.accumulateAndGet(open.incrementAndGet(), Math::max);
                                        return CompletableFuture.supplyAsync(() -> n);
                                    },
                                    IN_ORDER.withInFlightMax(2))
                            .inspect("passed on", (step, n) -> open.decrementAndGet())
                            .output("out", sink);

                    world.run(flow);

                    assertThat(sink.committed()).containsExactly(1, 2, 3, 4, 5, 6, 7);
                    assertThat(most.get()).isBetween(1, 2);
                });
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
