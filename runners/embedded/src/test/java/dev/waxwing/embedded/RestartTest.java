package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.Sink;
import dev.waxwing.source.Source;
import dev.waxwing.step.DataflowException;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.TransactionalTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Executions that start again by themselves. */
final class RestartTest {

    private static final Duration SHORT = Duration.ofMillis(1);

    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger storesOpened = new AtomicInteger();
    private final TestSink<Integer> out = new TestSink<>();

    @TempDir private Path directory;

    @Test
    void sourceThatFailsAtFirstIsReadInTheEnd() throws Exception {
        Execution execution = Waxwing.start(failing(3), restarts(3));

        Runs.await(execution);

        assertThat(out.committed()).containsExactly(1, 2);
        assertThat(failures).hasValue(3);
        assertThat(execution.status()).isEqualTo(Execution.Status.COMPLETED);
    }

    @Test
    void givesUpWhenNoRestartIsLeft() {
        Execution execution = Waxwing.start(failing(4), restarts(3));

        assertThat(Runs.failure(execution))
                .hasMessageContaining("flow.map")
                .cause()
                .hasMessage("4");
        assertThat(failures).hasValue(4);
        assertThat(execution.status()).isEqualTo(Execution.Status.FAILED);
    }

    @Test
    void withoutAPolicyTheFirstFailureEndsTheExecution() {
        assertThat(Runs.failure(failing(1), EmbeddedOptions.defaults())).isNotNull();
        assertThat(failures).hasValue(1);
    }

    @Test
    void failuresBeforeADecidedEpochAreNotCounted() throws Exception {
        Dataflow flow = crashingTwice();

        Runs.run(flow, restarts(1).withRecovery(recovery()));

        assertThat(out.committed()).containsExactly(1, 2, 3);
    }

    @Test
    void withoutRecoveryAnEpochThatEndsSetsTheCountBack() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", new EndlessSource())
                .transform("fail", new FailAfterEpochs(attempts, 2, 2))
                .output("out", TestSink.dynamic());
        Execution execution = Waxwing.start(flow, restarts(1));
        awaitTrue(() -> attempts.get() == 3);

        execution.stop(Runs.LIMIT);
        Runs.await(execution);

        assertThat(execution.status()).isEqualTo(Execution.Status.STOPPED);
        assertThat(execution.counters().decidedEpoch()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void stopDuringTheWaitLeavesTheExecutionFailed() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        Execution execution = Waxwing.start(failingOnce(failed), waitingForAnHour());
        awaitRestarting(execution, failed);

        execution.stop(Runs.LIMIT);

        assertThat(Runs.failure(execution))
                .hasMessageContaining("flow.map")
                .cause()
                .hasMessage("boom");
        assertThat(execution.status()).isEqualTo(Execution.Status.FAILED);
    }

    @Test
    void abortDuringTheWaitLeavesTheExecutionFailed() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        Execution execution = Waxwing.start(failingOnce(failed), waitingForAnHour());
        awaitRestarting(execution, failed);

        execution.abort();

        assertThat(Runs.failure(execution)).cause().hasMessage("boom");
        assertThat(execution.status()).isEqualTo(Execution.Status.FAILED);
    }

    static List<Throwable> lasting() {
        return List.of(
                new OutOfMemoryError("test"),
                new StackOverflowError(),
                new NoSuchMethodError("test"),
                new ExceptionInInitializerError("test"),
                new IllegalStateException("wrapped", new NoClassDefFoundError("test")));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void whatNoWaitingHealsIsNotStartedAgain(Throwable error) {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1)).map("map", number -> failWith(error)).output("out", out);

        assertThat(Runs.failure(flow, restarts(3))).hasCause(error);
        assertThat(failures).hasValue(1);
    }

    @Test
    void otherErrorsAreStartedAgain() {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1))
                .map("map", number -> failWith(new AssertionError("test")))
                .output("out", out);

        assertThat(Runs.failure(flow, restarts(3))).hasMessageContaining("flow.map");
        assertThat(failures).hasValue(4);
    }

    @Test
    void recursionWithoutEndFailsTheExecution() {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1)).map("map", RestartTest::endless).output("out", out);

        assertThat(Runs.failure(flow, restarts(3))).hasCauseInstanceOf(StackOverflowError.class);
    }

    private int failWith(Throwable error) throws Exception {
        failures.incrementAndGet();
        if (error instanceof Error thrown) {
            throw thrown;
        }
        throw (Exception) error;
    }

    @SuppressWarnings("InfiniteRecursion") // the stack is to overflow
    private static int endless(int number) {
        return number + endless(number + 1);
    }

    @Test
    void failureDuringAStopIsAFailure() throws Exception {
        EndlessSource source = new EndlessSource();
        Execution execution = Waxwing.start(copy(source, out), waitingForAnHour());
        Runs.await(source.flowing);
        source.hold();

        execution.stop(Runs.LIMIT);
        source.fail();

        assertThat(Runs.failure(execution)).hasMessageContaining("flow.in");
        assertThat(execution.status()).isEqualTo(Execution.Status.FAILED);
    }

    @Test
    void countersGoOnAfterARestart() throws Exception {
        Execution execution = Waxwing.start(failing(1), restarts(1));

        Runs.await(execution);

        assertThat(execution.counters().itemsIn()).isEqualTo(3);
        assertThat(execution.counters().itemsOut()).isEqualTo(2);
    }

    @Test
    void startWithTheStoreOfAnotherDataflowIsNotTriedAgain() throws Exception {
        Runs.run(copy(TestSource.of(1), out), EmbeddedOptions.defaults().withRecovery(recovery()));
        Dataflow other = Dataflow.named("other");
        other.input("in", TestSource.of(1)).output("out", out);

        assertThat(Runs.failure(counted(other))).isInstanceOf(RecoveryException.class);
        assertThat(storesOpened).hasValue(1);
    }

    @Test
    void startWithoutAPartitionOfBeforeIsNotTriedAgain() throws Exception {
        Dataflow before = copy(TestSource.partitions(Map.of("gone", List.of(1))), out);
        Runs.run(before, EmbeddedOptions.defaults().withRecovery(recovery()));
        Dataflow now = copy(TestSource.partitions(Map.of("other", List.of(1))), out);

        DataflowException failure = Runs.failure(counted(now));

        assertThat(failure).isInstanceOf(RecoveryException.class);
        assertThat(failure.stepId()).isEqualTo("flow.in");
        assertThat(failure)
                .hasMessageContaining("Resume.newest().withChangedParts()")
                .hasMessageContaining("--allow-changed-partitions");
        assertThat(storesOpened).hasValue(1);
    }

    @Test
    void wrongArgumentsOfASinkAreNotTriedAgain() {
        DynamicSink<Integer> wrong =
                (step, index, count) -> {
                    failures.incrementAndGet();
                    throw new IllegalArgumentException("no such place");
                };

        assertThat(Runs.failure(copy(TestSource.of(1), wrong), restarts(3)))
                .hasMessageContaining("no such place");
        assertThat(failures).hasValue(1);
    }

    @Test
    void sinkThatCannotBeReachedAtTheStartIsTriedAgain() throws Exception {
        DynamicSink<Integer> late =
                (step, index, count) -> {
                    if (failures.incrementAndGet() < 3) {
                        throw new IOException("connection refused");
                    }
                    return items -> {};
                };

        Runs.run(copy(TestSource.of(1), late), restarts(3));

        assertThat(failures).hasValue(3);
    }

    @Test
    void closeDuringTheWaitReturns() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        Execution execution = Waxwing.start(failingOnce(failed), waitingForAnHour());
        awaitRestarting(execution, failed);

        execution.close();

        assertThat(execution.status().isFinal()).isTrue();
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> RestartPolicy.upTo(-1))
                .hasMessage("restartsMax must be 0 or more, but was -1");
        assertThatThrownBy(
                        () -> RestartPolicy.upTo(1).withBackOff(Duration.ofSeconds(-1), Runs.LIMIT))
                .hasMessageContaining("the first wait must be zero or longer");
        assertThatThrownBy(() -> RestartPolicy.upTo(1).withBackOff(Runs.LIMIT, Duration.ZERO))
                .hasMessageContaining("at most the longest");
    }

    /* Each attempt decides the next epoch, while the first is refused again and again. */
    @Test
    void epochThatATargetRefusesForEverIsNoProgress() {
        var target = new TransactionalTarget<Integer>("a").rejecting(number -> number == 1);
        Execution execution = counted(copy(TestSource.of(1), target));

        assertThatThrownBy(() -> execution.await(Runs.LIMIT))
                .hasMessageContaining("1 item was rejected");
        assertThat(storesOpened).hasValue(4);
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

    private static <T> Dataflow copy(Source<T> source, Sink<? super T> sink) {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", source).output("out", sink);
        return flow;
    }

    /* Counts how often it opens its store. */
    private Execution counted(Dataflow flow) {
        EmbeddedExecution execution =
                new EmbeddedExecution(
                        flow.plan(),
                        restarts(3).withRecovery(recovery()),
                        (location, name, storeOptions) -> {
                            storesOpened.incrementAndGet();
                            return EmbeddedRunner.open(location, name, storeOptions);
                        },
                        EmbeddedExecution.BATCH_ITEMS);
        execution.start();
        return execution;
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

    private RecoveryOptions recovery() {
        return RecoveryOptions.in(directory).withEpochInterval(Duration.ZERO);
    }

    private static void awaitRestarting(Execution execution, CountDownLatch failed)
            throws InterruptedException {
        Runs.await(failed);
        awaitTrue(() -> execution.status() == Execution.Status.RESTARTING);
    }

    private static void awaitTrue(BooleanSupplier condition) {
        long until = System.nanoTime() + Runs.LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.onSpinWait();
        }
    }

    /** Fails in each attempt after so many epochs; then no more. */
    private static final class FailAfterEpochs implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final transient AtomicInteger attempts;
        private final int[] epochs;
        private transient StepContext context;
        private long last;

        FailAfterEpochs(AtomicInteger attempts, int... epochs) {
            this.attempts = attempts;
            this.epochs = epochs;
        }

        @Override
        public void open(StepContext opened) {
            context = opened;
            int attempt = attempts.getAndIncrement();
            last = attempt < epochs.length ? opened.epoch() + epochs[attempt] : Long.MAX_VALUE;
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) throws IOException {
            if (context.epoch() >= last) {
                throw new IOException("epoch " + last);
            }
        }
    }
}
