package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.engine.site.Patience;
import dev.waxwing.engine.worker.Clock;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.Warnings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a call that ignores interrupts does not keep an execution from ending. */
final class StuckThreadTest {

    /** Long before the time-out of a stop that has not run out. */
    private static final Duration LONG = Duration.ofHours(1);

    private static final long SOON_MILLIS = 100;

    private final AtomicInteger failures = new AtomicInteger();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Dataflow flow = Dataflow.named("flow");

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void sourceIsLeftBehindByAnAbort() throws Exception {
        flow.input("in", new Source(false)).output("out", new TestSink<>());

        assertThat(Warnings.of(Patience.class.getName(), this::assertAborted))
                .anyMatch(
                        text ->
                                text.contains(
                                                "thread 'waxwing source flow.in worker 0', in step 'flow.in', does not end")
                                        && text.contains("StuckThreadTest"));
        released.countDown();
        Runs.await(closed);
    }

    @Test
    void sinkIsLeftBehindByAnAbort() throws Exception {
        DynamicSink<Integer> sink = (step, index, count) -> new Writer();
        flow.input("in", TestSource.of(1)).output("out", sink);

        assertThat(Warnings.of(Patience.class.getName(), this::assertAborted))
                .anyMatch(
                        text ->
                                text.contains(
                                        "thread 'waxwing sink flow.out worker 0', in step 'flow.out', does not end"));

        released.countDown();
        Runs.await(closed);
    }

    @Test
    void stepWhoseSinkKeepsTheWorkerIsNamed() throws Exception {
        DynamicSink<Integer> sink = (step, index, count) -> items -> stay(0);
        flow.input("in", TestSource.of(1)).output("out", sink);

        assertThat(Warnings.of(Patience.class.getName(), this::assertAborted))
                .anyMatch(
                        text ->
                                text.contains(
                                        "thread 'waxwing flow worker 0', in step 'flow.out',"
                                                + " does not end"));
    }

    @Test
    void workerIsLeftBehindByAnAbort() throws Exception {
        flow.input("in", TestSource.of(1))
                .map("map", number -> stay(number))
                .output("out", new TestSink<>());

        assertThat(Warnings.of(Patience.class.getName(), this::assertAborted))
                .anyMatch(
                        text ->
                                text.contains(
                                        "thread 'waxwing flow worker 0', in step 'flow.map', does not end"));
    }

    @Test
    void stopThatRunsOutOfTimeLeavesBehindWhatDoesNotEnd() throws Exception {
        flow.input("in", new Source(false)).output("out", new TestSink<>());
        Execution execution = start(RestartPolicy.never());
        Runs.await(stuck);

        execution.stop(Duration.ofMillis(500));

        Runs.await(execution);
        assertThat(execution.status()).isEqualTo(Execution.Status.STOPPED);
        assertThat(execution.closingFailure())
                .hasValueSatisfying(
                        failure ->
                                assertThat(failure)
                                        .hasMessageContaining("close of partition 'worker 0'")
                                        .hasMessageContaining("is left behind"));
    }

    @Test
    void callThatCanBeUnblockedIsNotLeftBehind() throws Exception {
        flow.input("in", new Source(true)).output("out", new TestSink<>());
        Execution execution = start(RestartPolicy.never());
        Runs.await(stuck);

        execution.stop(LONG);

        Runs.await(execution);
        assertThat(execution.closingFailure()).isEmpty();
        Runs.await(closed);
    }

    @Test
    void startIsLeftBehindByAnAbort() throws Exception {
        flow.input("in", stayingAtTheStart()).output("out", new TestSink<>());

        assertThat(Warnings.of(Patience.class.getName(), this::assertAborted))
                .anyMatch(
                        text ->
                                text.contains(
                                        "thread 'waxwing flow start', in step 'flow.in', does not end"));
    }

    @Test
    void startIsLeftBehindByAStopThatRunsOutOfTime() throws Exception {
        flow.input("in", stayingAtTheStart()).output("out", new TestSink<>());
        Execution execution = start(RestartPolicy.upTo(1_000));
        Runs.await(stuck);

        execution.stop(Duration.ofMillis(500));

        Runs.await(execution);
        assertThat(execution.status()).isEqualTo(Execution.Status.ABORTED);
    }

    @Test
    void claimThatIsLeftBehindIsClosedWhenItReturns(@TempDir Path directory) throws Exception {
        flow.input("in", TestSource.of(1)).output("out", new StayingTarget());
        Execution execution =
                Waxwing.start(
                        flow,
                        EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(directory)));
        Runs.await(stuck);

        execution.abort();

        Runs.await(execution);
        assertThat(execution.status()).isEqualTo(Execution.Status.ABORTED);
        assertThat(closed.getCount()).isEqualTo(1);
        released.countDown();
        Runs.await(closed);
    }

    @Test
    void startThatEndsWhenItIsInterruptedIsAborted() throws Exception {
        flow.input("in", new Listed(this::awaitInterrupt)).output("out", new TestSink<>());

        assertAborted();
    }

    @Test
    void failureLeavesBehindWhatDoesNotEndAndNothingIsStartedAgain() throws Exception {
        flow.input("stuck", new Source(false)).output("out", new TestSink<>());
        flow.input("in", TestSource.of(1))
                .map("fail", number -> failing())
                .output("failing", new TestSink<>());
        EmbeddedExecution execution =
                new EmbeddedExecution(
                        flow.plan(),
                        EmbeddedOptions.defaults()
                                .withWorkers(2)
                                .withRestarts(RestartPolicy.upTo(1_000)),
                        EmbeddedRunner::open,
                        EmbeddedExecution.BATCH_ITEMS,
                        () -> new Patience(SOON_MILLIS),
                        Clock.system());
        execution.start();

        assertThatThrownBy(() -> Runs.await(execution)).hasRootCauseMessage("boom");

        assertThat(execution.status()).isEqualTo(Execution.Status.FAILED);
        assertThat(failures).hasValue(1);
        assertThat(released.getCount()).isEqualTo(1);
    }

    private int failing() throws InterruptedException {
        Runs.await(stuck);
        failures.incrementAndGet();
        throw new IllegalStateException("boom");
    }

    private Listed stayingAtTheStart() {
        return new Listed(() -> stay(0));
    }

    private void awaitInterrupt() {
        stuck.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertAborted() throws InterruptedException {
        Execution execution = start(RestartPolicy.never());
        Runs.await(stuck);

        execution.abort();

        Runs.await(execution);
        assertThat(execution.status()).isEqualTo(Execution.Status.ABORTED);
    }

    private Execution start(RestartPolicy restarts) {
        return Waxwing.start(
                flow, EmbeddedOptions.defaults().withWorkers(1).withRestarts(restarts));
    }

    private <T extends @Nullable Object> T stay(T item) {
        stuck.countDown();
        boolean out = false;
        while (!out) {
            try {
                released.await();
                out = true;
            } catch (InterruptedException ignored) {
                /* That is what it is about. */
            }
        }
        return item;
    }

    /** A source that does something when it is asked for its partitions. */
    private record Listed(Runnable whenListed) implements FixedPartitionedSource<Integer, Integer> {

        @Override
        public List<String> listParts() {
            whenListed.run();
            return List.of("a");
        }

        @Override
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String stepId, String part, @Nullable Integer resumed) {
            throw new AssertionError("the execution was to end before");
        }
    }

    /** A target whose claim stays. */
    private final class StayingTarget implements EpochSink<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public List<String> listParts() {
            return List.of("a");
        }

        @Override
        public TransactionalPartition<Integer> buildPart(String stepId, String part) {
            return new TransactionalPartition<>() {
                @Override
                public @Nullable Marker claim(Owner owner) {
                    return stay(null);
                }

                @Override
                public void apply(Commit commit, List<Integer> rows) {}

                @Override
                public void close() {
                    closed.countDown();
                }
            };
        }
    }

    /** Never has anything. */
    private final class Source implements DynamicSource<Integer> {

        private static final long serialVersionUID = 1L;

        private final boolean unblocks;

        Source(boolean unblocks) {
            this.unblocks = unblocks;
        }

        @Override
        public StatelessSourcePartition<Integer> build(String step, int index, int count) {
            return new Reader(unblocks);
        }
    }

    private final class Reader implements StatelessSourcePartition<Integer>, BlockingPartition {

        private final boolean unblocks;

        Reader(boolean unblocks) {
            this.unblocks = unblocks;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            stay(0);
            return SourceStatus.OPEN;
        }

        @Override
        public void unblock() {
            if (unblocks) {
                released.countDown();
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private final class Writer implements StatelessSinkPartition<Integer>, BlockingPartition {

        @Override
        public void writeBatch(List<Integer> items) {
            stay(0);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
