package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.DataflowException;
import dev.waxwing.run.Execution;
import dev.waxwing.run.ExecutionStatus;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions that start again by themselves. */
final class RestartTest {

    private static final Duration SHORT = Duration.ofMillis(1);

    private final AtomicInteger failures = new AtomicInteger();
    private final TestSink<Integer> out = new TestSink<>();

    @TempDir private Path directory;

    @Test
    void sourceThatFailsAtFirstIsReadInTheEnd() throws Exception {
        Execution execution = EmbeddedRunner.start(failing(3), restarts(3));

        Runs.await(execution);

        assertThat(out.committed()).containsExactly(1, 2);
        assertThat(failures).hasValue(3);
        assertThat(execution.status()).isEqualTo(ExecutionStatus.COMPLETED);
    }

    @Test
    void givesUpWhenNoRestartIsLeft() {
        Execution execution = EmbeddedRunner.start(failing(4), restarts(3));

        assertThat(Runs.failure(execution))
                .hasMessageContaining("flow.map")
                .cause()
                .hasMessage("4");
        assertThat(failures).hasValue(4);
        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
    }

    @Test
    void withoutAPolicyTheFirstFailureEndsTheExecution() {
        assertThat(Runs.failure(failing(1), EmbeddedOptions.defaults())).isNotNull();
        assertThat(failures).hasValue(1);
    }

    @Test
    void failuresBeforeADecidedEpochAreNotCounted() throws Exception {
        Dataflow flow = crashingTwice();

        Runs.run(flow, restarts(1).withRecovery(epochAfterEachBatch()));

        assertThat(out.committed()).containsExactly(1, 2, 3);
    }

    @Test
    void stopDuringTheWaitEndsTheExecutionWithTheFailure() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        Execution execution = EmbeddedRunner.start(failingOnce(failed), waitingForAnHour());
        awaitRestarting(execution, failed);

        execution.stop(Runs.LIMIT);

        DataflowException failure = Runs.failure(execution);
        assertThat(failure).hasMessageContaining("flow.map");
        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
    }

    @Test
    void closeDuringTheWaitReturns() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        Execution execution = EmbeddedRunner.start(failingOnce(failed), waitingForAnHour());
        awaitRestarting(execution, failed);

        execution.close();

        assertThat(execution.status().isFinal()).isTrue();
    }

    @Test
    void waitsDoubleUpToTheLongest() {
        RestartPolicy policy =
                RestartPolicy.upTo(9).withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(5));

        assertThat(policy.waitBefore(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.waitBefore(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(policy.waitBefore(3)).isEqualTo(Duration.ofSeconds(4));
        assertThat(policy.waitBefore(4)).isEqualTo(Duration.ofSeconds(5));
        assertThat(policy.waitBefore(1_000_000)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> RestartPolicy.upTo(-1))
                .hasMessage("restartsMax must be 0 or more, but was -1");
        assertThatThrownBy(
                        () -> RestartPolicy.upTo(1).withBackOff(Duration.ofSeconds(-1), Runs.LIMIT))
                .hasMessageContaining("backOff must be zero or longer");
        assertThatThrownBy(() -> RestartPolicy.upTo(1).withBackOff(Runs.LIMIT, Duration.ZERO))
                .hasMessageContaining("at most backOffMax");
    }

    private Dataflow failing(int times) {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, 2))
                .map(
                        "map",
                        number -> {
                            if (failures.get() < times) {
                                throw new IOException("" + failures.incrementAndGet());
                            }
                            return number;
                        })
                .output("out", out);
        return flow;
    }

    private Dataflow failingOnce(CountDownLatch failed) {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1))
                .map(
                        "map",
                        number -> {
                            failed.countDown();
                            throw new IOException("boom");
                        })
                .output("out", new TestSink<>());
        return flow;
    }

    private Dataflow crashingTwice() {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, TestItems.crash(), 2, TestItems.crash(), 3))
                .output("out", out);
        return flow;
    }

    private static EmbeddedOptions restarts(int times) {
        return EmbeddedOptions.defaults()
                .withRestarts(RestartPolicy.upTo(times).withBackOff(SHORT, SHORT));
    }

    private static EmbeddedOptions waitingForAnHour() {
        Duration hour = Duration.ofHours(1);
        return EmbeddedOptions.defaults()
                .withRestarts(RestartPolicy.upTo(1).withBackOff(hour, hour));
    }

    private RecoveryOptions epochAfterEachBatch() {
        return RecoveryOptions.in(directory).withEpochInterval(Duration.ZERO);
    }

    private static void awaitRestarting(Execution execution, CountDownLatch failed)
            throws InterruptedException {
        Runs.await(failed);
        long until = System.nanoTime() + Runs.LIMIT.toNanos();
        while (execution.status() != ExecutionStatus.RESTARTING) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.onSpinWait();
        }
    }
}
