package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.state.LogicContext;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AbortTest {

    @Test
    void interruptsOfAnAbortAreNoFailure() throws Exception {
        var waiting = new CountDownLatch(1);
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1))
                .map(
                        "wait",
                        i -> {
                            waiting.countDown();
                            new CountDownLatch(1).await();
                            return i;
                        })
                .output("out", new TestSink<Integer>());
        var options = EmbeddedOptions.defaults().withRestarts(RestartPolicy.upTo(3));

        try (Execution execution = Waxwing.start(flow, options)) {
            waiting.await();
            execution.abort();
            execution.await();

            assertThat(execution.status()).isEqualTo(Execution.Status.ABORTED);
        }
    }

    @Test
    void abortDoesNotWaitForAllKeysToBeRestored(@TempDir Path directory) throws Exception {
        var keys = 5_000;
        var builds = new AtomicInteger();
        var restoring = new CountDownLatch(1);
        var aborted = new CountDownLatch(1);
        var rest = IntStream.range(1, keys).boxed().toArray();
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(0, rest))
                .keyOn("key", i -> i)
                .stateful(
                        "last",
                        (LogicContext<Integer> context, @Nullable Integer last) -> {
                            if (last != null) {
                                builds.incrementAndGet();
                                restoring.countDown();
                                awaitWithoutInterrupt(aborted);
                            }
                            return new LastLogic(
                                    last == null ? context.key() - 1 : last, new ArrayDeque<>());
                        })
                .dropKey("values")
                .output("out", new TestSink<Integer>());
        var options = EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(directory));
        Runs.run(flow, options);

        try (Execution execution = Waxwing.start(flow, options)) {
            restoring.await();
            execution.abort();
            aborted.countDown();
            execution.await();

            assertThat(execution.status()).isEqualTo(Execution.Status.ABORTED);
        }
        assertThat(builds).hasValueBetween(1, keys / 2);
    }

    private static void awaitWithoutInterrupt(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                /* The abort's; it is to be seen by the runner, not here. */
            }
        }
    }
}
