package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.link.Patience;
import dev.waxwing.run.Execution;
import dev.waxwing.run.ExecutionStatus;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.source.BlockingPartition;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is in a call that ignores interrupts does not keep an execution from ending. */
final class StuckThreadTest {

    /** Long before the time-out of a stop that has not run out. */
    private static final Duration LONG = Duration.ofHours(1);

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
                                text.contains("thread 'waxwing partition worker 0' does not end")
                                        && text.contains("StuckThreadTest"));
        released.countDown();
        Runs.await(closed);
    }

    @Test
    void sinkIsLeftBehindByAnAbort() throws Exception {
        DynamicSink<Integer> sink = (step, index, count) -> new Writer();
        flow.input("in", TestSource.of(1)).output("out", sink);

        assertAborted();

        released.countDown();
        Runs.await(closed);
    }

    @Test
    void workerIsLeftBehindByAnAbort() throws Exception {
        flow.input("in", TestSource.of(1))
                .map("map", number -> stay(number))
                .output("out", new TestSink<>());

        assertThat(Warnings.of(Patience.class.getName(), this::assertAborted))
                .anyMatch(text -> text.contains("thread 'waxwing flow worker 0' does not end"));
    }

    @Test
    void stopThatRunsOutOfTimeLeavesBehindWhatDoesNotEnd() throws Exception {
        flow.input("in", new Source(false)).output("out", new TestSink<>());
        Execution execution = start(RestartPolicy.never());
        Runs.await(stuck);

        execution.stop(Duration.ofMillis(500));

        Runs.await(execution);
        assertThat(execution.status()).isEqualTo(ExecutionStatus.STOPPED);
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

    private void assertAborted() throws InterruptedException {
        Execution execution = start(RestartPolicy.never());
        Runs.await(stuck);

        execution.abort();

        Runs.await(execution);
        assertThat(execution.status()).isEqualTo(ExecutionStatus.ABORTED);
    }

    private Execution start(RestartPolicy restarts) {
        return EmbeddedRunner.start(
                flow, EmbeddedOptions.defaults().withWorkers(1).withRestarts(restarts));
    }

    private <T> T stay(T item) {
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
