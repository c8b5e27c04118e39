package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.function.Mapper;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.Warnings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items whose class changes while they wait to be committed. */
final class OutboxTypesTest {

    @TempDir private Path directory;

    private final TestSource<Integer> source = TestSource.of(1, TestItems.endOfInput(), 2);
    private final List<Object> rows = new ArrayList<>();

    private record Before(int amount) {}

    private record After(int total) {}

    @Test
    void changesOfItemsThatWaitToBeCommittedAreTold() throws Exception {
        assertThatThrownBy(() -> run(Before::new, new DownSink())).hasMessageContaining("is down");

        assertThat(
                        Warnings.of(
                                "dev.waxwing.engine.resume.SchemaChanges",
                                () -> run(After::new, new UpSink(rows))))
                .singleElement()
                .asString()
                .startsWith("items of step 'flow.out' that are to be committed")
                .contains("component 'amount' of After was removed")
                .contains("run the dataflow as it was until they are committed");
        assertThat(rows).containsExactly(new After(0), new After(2));
    }

    private <T> void run(Mapper<Integer, T> row, EpochSink<T> sink) throws InterruptedException {
        var flow = Dataflow.named("flow");
        flow.input("in", source)
                .map("row", row)
                .output("out", sink)
                .onFailure(FailurePolicy.retry(2).withBackOff(Duration.ZERO, Duration.ZERO));
        Waxwing.run(flow, EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(directory)));
    }

    /** A sink whose target cannot be written to. */
    private record DownSink() implements EpochSink<Before> {

        @Override
        public List<String> listParts() {
            return List.of("a");
        }

        @Override
        public TransactionalPartition<Before> buildPart(String stepId, String part) {
            return new Part<>() {
                @Override
                public void apply(Commit commit, List<Before> items) throws IOException {
                    throw new IOException("the target is down");
                }
            };
        }
    }

    /** A sink that keeps what it gets. */
    private record UpSink(List<Object> rows) implements EpochSink<After> {

        @Override
        public List<String> listParts() {
            return List.of("a");
        }

        @Override
        public TransactionalPartition<After> buildPart(String stepId, String part) {
            return new Part<>() {
                @Override
                public void apply(Commit commit, List<After> items) {
                    rows.addAll(items);
                }
            };
        }
    }

    private abstract static class Part<T> implements TransactionalPartition<T> {

        @Override
        public @Nullable Marker claim(Owner owner) {
            return null;
        }
    }
}
