package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.run.Execution;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What waits for ever before its next attempt waits, and fails only when it is told to end. */
final class EndlessBackOffTest {

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    private static final FailurePolicy PATIENT =
            FailurePolicy.retry(2).withBackOff(FOREVER, FOREVER);

    private final CountDownLatch failed = new CountDownLatch(1);
    private final Dataflow flow = Dataflow.named("flow");

    @Test
    void sourceMayWaitForEver() throws Exception {
        DynamicSource<Integer> source = (step, index, count) -> out -> fail();
        flow.input("in", source).onFailure(PATIENT).output("out", new TestSink<>());

        assertWaits(RestartPolicy.never(), Execution.Status.ABORTED);
    }

    @Test
    void itemMayWaitForEver() throws Exception {
        flow.input("in", TestSource.of(1))
                .<Integer>map("map", number -> fail())
                .onFailure(PATIENT)
                .output("out", new TestSink<>());

        assertWaits(RestartPolicy.never(), Execution.Status.ABORTED);
    }

    @Test
    void sinkMayWaitForEver() throws Exception {
        DynamicSink<Integer> sink = (step, index, count) -> items -> fail();
        flow.input("in", TestSource.of(1)).output("out", sink).onFailure(PATIENT);

        assertWaits(RestartPolicy.never(), Execution.Status.ABORTED);
    }

    @Test
    void restartMayWaitForEver() throws Exception {
        flow.input("in", TestSource.of(1))
                .<Integer>map("map", number -> fail())
                .output("out", new TestSink<>());

        assertWaits(RestartPolicy.upTo(1).withBackOff(FOREVER, FOREVER), Execution.Status.FAILED);
    }

    private void assertWaits(RestartPolicy restarts, Execution.Status end) throws Exception {
        Execution execution =
                Waxwing.start(flow, EmbeddedOptions.defaults().withRestarts(restarts));
        Runs.await(failed);

        assertThat(execution.await(Duration.ofMillis(100))).isFalse();

        execution.abort();
        try {
            Runs.await(execution);
        } catch (StepFailedException failure) {
            assertThat(end).isEqualTo(Execution.Status.FAILED);
        }
        assertThat(execution.status()).isEqualTo(end);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T fail() throws IOException {
        failed.countDown();
        throw new IOException("boom");
    }
}
