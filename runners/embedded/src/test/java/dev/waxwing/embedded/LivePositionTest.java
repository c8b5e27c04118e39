package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions whose position is an object that they go on to change. */
final class LivePositionTest {

    private static final int ITEMS = 10_000;

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isRefusedAndNotTriedAgain(boolean blocking) {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", new Numbers(blocking))
                .onFailure(FailurePolicy.retry(1_000))
                .output("out", new TestSink<>());

        assertThatThrownBy(
                        () ->
                                Runs.run(
                                        flow,
                                        EmbeddedOptions.defaults()
                                                .withRecovery(
                                                        RecoveryOptions.in(directory)
                                                                .withEpochInterval(Duration.ZERO))))
                .hasMessageContaining("step 'flow.in'")
                .hasMessageContaining("of partition 'a'")
                .hasMessageContaining("a position that snapshot returned has changed since")
                .hasMessageContaining("return a copy each time");
    }

    private record Numbers(boolean blocking)
            implements FixedPartitionedSource<Integer, List<Integer>> {

        @Override
        public List<String> listParts() {
            return List.of("a");
        }

        @Override
        public StatefulSourcePartition<Integer, List<Integer>> buildPart(
                String stepId, String part, @Nullable List<Integer> resumed) {
            return blocking ? new BlockingReader() : new Reader();
        }
    }

    private static class Reader implements StatefulSourcePartition<Integer, List<Integer>> {

        private final List<Integer> next = new ArrayList<>(List.of(0));

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            int number = next.get(0);
            out.emit(number);
            next.set(0, number + 1);
            return number == ITEMS ? SourceStatus.ENDED : SourceStatus.OPEN;
        }

        @Override
        public List<Integer> snapshot() {
            return next;
        }
    }

    private static final class BlockingReader extends Reader implements BlockingPartition {}
}
