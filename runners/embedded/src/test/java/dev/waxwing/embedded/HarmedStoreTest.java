package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TransactionalTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store of which something else takes a file away while an execution uses it. */
final class HarmedStoreTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"recovery.sqlite", "recovery.sqlite-wal", "recovery.mark", "lock"})
    void executionFailsWithinAnEpochThoughNothingComes(String name) throws Exception {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", new OneItem()).output("out", new TestSink<>());
        RecoveryOptions recovery =
                RecoveryOptions.in(directory).withEpochInterval(Duration.ofMillis(20));
        Execution execution =
                Waxwing.start(flow, EmbeddedOptions.defaults().withRecovery(recovery));
        awaitDone(execution);
        long decided = execution.counters().decidedEpoch();

        Files.delete(directory.resolve(name));

        assertThatThrownBy(() -> execution.await(Runs.LIMIT))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("'" + directory.resolve(name) + "'")
                .hasMessageContaining("was deleted or moved away");
        assertThat(execution.counters().decidedEpoch()).isEqualTo(decided);
        assertThat(directory.resolve(name)).doesNotExist();
    }

    @Test
    void directoryThatIsRenamedFailsTheExecutionAndNothingIsMadeInItsPlace() throws Exception {
        Path store = directory.resolve("store");
        Path renamed = directory.resolve("renamed");
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", new OneItem()).output("out", new TransactionalTarget<Integer>("a"));
        RecoveryOptions recovery =
                RecoveryOptions.in(store).withEpochInterval(Duration.ofMillis(20));
        Execution execution =
                Waxwing.start(flow, EmbeddedOptions.defaults().withRecovery(recovery));
        awaitDone(execution);

        Files.move(store, renamed);

        assertThatThrownBy(() -> execution.await(Runs.LIMIT))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("recovery store " + store)
                .hasMessageContaining("was deleted or moved away");
        assertThat(store).doesNotExist();
        Files.move(renamed, store);
        try (Execution next =
                Waxwing.start(flow, EmbeddedOptions.defaults().withRecovery(recovery))) {
            awaitDone(next, execution.counters().doneEpoch());
        }
    }

    private static void awaitDone(Execution execution) {
        awaitDone(execution, 0);
    }

    private static void awaitDone(Execution execution, long after) {
        long until = System.nanoTime() + Runs.LIMIT.toNanos();
        while (execution.counters().doneEpoch() <= after) {
            assertThat(System.nanoTime()).isLessThan(until);
        }
    }

    /** Emits a number, then sleeps. */
    private record OneItem() implements DynamicSource<Integer> {

        @Override
        public StatelessSourcePartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            boolean[] emitted = {false};
            return new StatelessSourcePartition<>() {
                @Override
                public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
                    if (!emitted[0]) {
                        emitted[0] = true;
                        out.emit(1);
                    }
                    return SourceStatus.OPEN;
                }

                @Override
                public @Nullable Instant nextAwake() {
                    return emitted[0] ? Instant.now().plusSeconds(3_600) : null;
                }
            };
        }
    }
}
