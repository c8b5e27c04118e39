package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.RecoveryOptions.Resume;
import dev.waxwing.recovery.sqlite.SqliteRecoveryStore;
import dev.waxwing.recovery.sqlite.inspect.StoreEntries;
import dev.waxwing.recovery.store.StoreReader;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TwoPhasePartition;
import dev.waxwing.testing.TestSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store has of targets that were adopted and for which there is nothing yet. */
final class AdoptedTargetsTest {

    private static final Marker FOREIGN = new Marker(7, 3, new UUID(0, 1), new UUID(0, 2));

    @TempDir private Path directory;

    @Test
    void targetWithAMarkerIsRecordedWithTheNameUnderWhichItIsMarked() throws Exception {
        adopt(new Idle(FOREIGN));

        assertThat(recorded()).singleElement().asString().contains("flow.out");
    }

    @Test
    void targetWithoutAMarkerIsNotRecorded() throws Exception {
        adopt(new Idle(null));

        assertThat(recorded()).isEmpty();
    }

    private void adopt(Idle target) throws InterruptedException {
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1)).filter("none", n -> n > 1).output("out", target);
        Waxwing.run(
                flow,
                EmbeddedOptions.defaults()
                        .withRecovery(
                                RecoveryOptions.in(directory)
                                        .withResume(Resume.newest().withAdoption())));
    }

    /** The values of the state of the sink's partitions. */
    private List<String> recorded() {
        List<String> values = new ArrayList<>();
        try (StoreReader reader = SqliteRecoveryStore.read(directory)) {
            new StoreEntries(reader)
                    .forEach(
                            reader.decidedEpoch(),
                            entry -> {
                                if (entry.state().stepPath().equals("flow.out")) {
                                    values.add(entry.value());
                                }
                            });
        }
        return values;
    }

    /** A target that stages nothing. */
    private record Idle(@Nullable Marker marker) implements EpochSink<Integer> {

        @Override
        public List<String> listParts() {
            return List.of("a");
        }

        @Override
        public TwoPhasePartition<Integer, String> buildPart(String stepId, String forPart) {
            return new TwoPhasePartition<>() {
                @Override
                public @Nullable Marker claim(Owner owner) {
                    return marker;
                }

                @Override
                public void writeBatch(List<Integer> items) {}

                @Override
                public List<String> prepare(long epoch) {
                    return List.of();
                }

                @Override
                public Outcome commit(String staged) {
                    return Outcome.committed();
                }

                @Override
                public void abortBeyond(long epoch) {}
            };
        }
    }
}
