package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TargetFaults;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.TransactionalTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each partition of an epoch sink that was opened is closed once, however the execution ends. */
final class SinkClosingTest {

    @TempDir private Path directory;

    private final TransactionalTarget<Integer> target = new TransactionalTarget<>("a", "b", "c");
    private final List<AtomicInteger> closes = new CopyOnWriteArrayList<>();

    @Test
    void whenTheInputHasEnded() throws Exception {
        run(TestSource.of(1, 2), TargetFaults.NONE);

        assertThat(closes()).containsExactly(1, 1, 1);
    }

    @Test
    void whenACommitFails() {
        assertThatThrownBy(() -> run(TestSource.of(1, 2), failingAt("apply.before")))
                .hasMessageContaining("target is down");

        assertThat(closes()).containsExactly(1, 1, 1);
    }

    @Test
    void whenTheSourceCrashes() {
        assertThatThrownBy(() -> run(TestSource.of(1, TestItems.crash()), TargetFaults.NONE))
                .isInstanceOf(DataflowException.class);

        assertThat(closes()).containsExactly(1, 1, 1);
    }

    @Test
    void whenItIsAbortedInTheMiddleOfACommit() throws Exception {
        var applying = new CountDownLatch(1);
        TargetFaults hanging =
                point -> {
                    if (point.equals("apply.before")) {
                        applying.countDown();
                        new CountDownLatch(1).await();
                    }
                };

        try (Execution execution = Waxwing.start(flow(TestSource.of(1), hanging), options())) {
            applying.await();
            execution.abort();
        }

        assertThat(closes()).containsExactly(1, 1, 1);
    }

    @Test
    void whenTheSecondPartitionIsFencedAtTheStart() {
        UUID other = UUID.randomUUID();
        target.restore("b", new Marker(7, 1, other, other));

        assertThatThrownBy(() -> run(TestSource.of(1, 2), TargetFaults.NONE))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("partition 'b'");

        assertThat(closes()).containsExactly(1, 1, 1);
    }

    @Test
    void whenTheThirdPartitionCannotBeOpened() {
        TargetFaults refusing =
                point -> {
                    if (point.equals("open") && closes.size() == 2) {
                        throw new IOException("target is down");
                    }
                };

        assertThatThrownBy(() -> run(TestSource.of(1, 2), refusing))
                .hasMessageContaining("target is down");

        assertThat(closes()).containsExactly(1, 1);
    }

    @Test
    void whenAnotherPartitionCannotBeClosed() {
        TargetFaults refusing =
                point -> {
                    if (point.equals("close")) {
                        throw new IOException("cannot be closed");
                    }
                };

        assertThatThrownBy(() -> run(TestSource.of(1, TestItems.crash()), refusing))
                .isInstanceOf(DataflowException.class);

        assertThat(closes()).containsExactly(1, 1, 1);
    }

    private static TargetFaults failingAt(String where) {
        return point -> {
            if (point.equals(where)) {
                throw new IOException("target is down");
            }
        };
    }

    private List<Integer> closes() {
        return closes.stream().map(AtomicInteger::get).toList();
    }

    private void run(TestSource<Integer> source, TargetFaults faults) throws InterruptedException {
        Waxwing.run(flow(source, faults), options());
    }

    private EmbeddedOptions options() {
        return EmbeddedOptions.defaults()
                .withRecovery(RecoveryOptions.in(directory.resolve("store")));
    }

    private Dataflow flow(TestSource<Integer> source, TargetFaults faults) {
        var flow = Dataflow.named("flow");
        flow.input("in", source)
                .output("out", new Counted(target.withFaults(faults), faults, closes))
                .onFailure(FailurePolicy.retry(2).withBackOff(Duration.ZERO, Duration.ZERO));
        return flow;
    }

    /** Counts how often each partition that it has opened is closed. */
    private record Counted(
            EpochSink<Integer> target, TargetFaults faults, List<AtomicInteger> closes)
            implements EpochSink<Integer> {

        @Override
        public List<String> listParts() throws Exception {
            return target.listParts();
        }

        @Override
        public TransactionalPartition<Integer> buildPart(String stepId, String forPart)
                throws Exception {
            faults.at("open");
            var count = new AtomicInteger();
            var partition = (TransactionalPartition<Integer>) target.buildPart(stepId, forPart);
            closes.add(count);
            return new TransactionalPartition<>() {

                @Override
                public @Nullable Marker claim(Owner owner) throws Exception {
                    return partition.claim(owner);
                }

                @Override
                public void apply(Commit commit, List<Integer> rows) throws Exception {
                    partition.apply(commit, rows);
                }

                @Override
                public void close() throws Exception {
                    count.incrementAndGet();
                    faults.at("close");
                }
            };
        }
    }
}
