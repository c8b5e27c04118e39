package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.function.AsyncMapper;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.AsyncOptions.Order;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Calls that complete only because others are open, or have been passed on. */
final class AsyncCallsTest {

    private final TestSink<Integer> out = new TestSink<>();

    @Test
    void laterResultComesOutWhileAnEarlierCallIsOpen() throws Exception {
        var first = new CompletableFuture<Integer>();
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, 2, 3))
                .<Integer>mapAsync(
                        "call",
                        n -> n == 1 ? first : CompletableFuture.completedFuture(n),
                        AsyncOptions.defaults().withOrder(Order.AS_COMPLETED))
                .inspect(
                        "answer the first",
                        (step, n) -> {
                            if (n == 3) {
                                first.complete(1);
                            }
                        })
                .output("out", out);

        Runs.run(flow, EmbeddedOptions.defaults());

        assertThat(out.committed()).containsExactly(2, 3, 1);
    }

    @Test
    void asManyCallsAreOpenAsAllowed() throws Exception {
        var open = new CountDownLatch(3);
        AsyncMapper<Integer, Integer> call =
                n -> {
                    open.countDown();
                    return CompletableFuture.supplyAsync(
                            () -> {
                                awaitAll(open);
                                return n;
                            });
                };
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, 2, 3, 4))
                .mapAsync("call", call, AsyncOptions.defaults().withInFlightMax(3))
                .output("out", out);

        Runs.run(flow, EmbeddedOptions.defaults());

        assertThat(out.committed()).containsExactly(1, 2, 3, 4);
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            Runs.await(latch);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
