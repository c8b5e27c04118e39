package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.TransactionalTarget;
import dev.waxwing.testing.TwoPhaseTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting over, whatever is left of what was before. */
final class ResetTest {

    @TempDir private Path directory;

    private final TransactionalTarget<Integer> rows = new TransactionalTarget<>("a", "b");
    private final TwoPhaseTarget<Integer> pieces = new TwoPhaseTarget<>("a");

    @Test
    void nextExecutionBeginsAsTheFirstOneDid() throws Exception {
        run(flow());

        Waxwing.reset(flow(), store());

        assertThat(store()).isEmptyDirectory();
        assertThat(rows.marker("a")).isNull();
        run(flow());
        assertThat(rows.rows()).containsExactly(1, 2, 1, 2);
    }

    @Test
    void storeThatIsGoneIsNoHindrance() throws Exception {
        run(flow());
        deleteStore();
        assertThatThrownBy(() -> run(flow()))
                .hasMessageContaining("written from another recovery store")
                .hasMessageContaining("'waxwing recovery reset'");

        Waxwing.reset(flow(), store());

        run(flow());
        assertThat(rows.rows()).containsExactly(1, 2, 1, 2);
    }

    @Test
    void targetThatWasEmptiedIsNoHindrance() throws Exception {
        run(flow());
        rows.restore("a", null);
        rows.restore("b", null);
        assertThatThrownBy(() -> run(flow()))
                .hasMessageContaining("it was emptied")
                .hasMessageContaining("'waxwing recovery reset'");

        Waxwing.reset(flow(), store());

        run(flow());
        assertThat(rows.rows()).containsExactly(1, 2, 1, 2);
    }

    @Test
    void lookingChangesNothing() throws Exception {
        run(flow());
        Marker before = rows.marker("a");

        try (Reset reset = Reset.of(flow().plan(), store())) {
            assertThat(reset.removes())
                    .containsExactly(
                            "step 'flow.rows': the marker of epoch 1",
                            "step 'flow.rows': the marker of epoch 0",
                            "recovery store " + store() + ", which has come to epoch 1");
            assertThat(reset.unable()).isEmpty();
        }

        assertThat(rows.marker("a")).isEqualTo(before);
        run(flow());
        assertThat(rows.rows()).containsExactly(1, 2);
    }

    @Test
    void nothingIsToBeRemovedWhereNothingIs() {
        try (Reset reset = Reset.of(flow().plan(), store())) {
            assertThat(reset.removes()).isEmpty();
            reset.run();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void otherFilesOfTheDirectoryStay() throws Exception {
        run(flow());
        Path notes = Files.writeString(store().resolve("notes.txt"), "mine");

        Waxwing.reset(flow(), store());

        assertThat(files()).containsExactly(notes);
    }

    @Test
    void storeThatAnExecutionUsesIsNotReset() throws Exception {
        var source = new EndlessSource();
        var endless = Dataflow.named("flow");
        endless.input("in", source).output("rows", rows);
        try (Execution running = Waxwing.start(endless, options(RecoveryOptions.in(store())))) {
            Runs.await(source.flowing);

            assertThatThrownBy(() -> Reset.of(flow().plan(), store()))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("is in use");
            assertThat(running.status().isFinal()).isFalse();
        }
    }

    @Test
    void noExecutionBeginsWithAStoreThatIsBeingReset() throws Exception {
        run(flow());
        try (Reset reset = Reset.of(flow().plan(), store())) {
            assertThatThrownBy(() -> run(flow())).hasMessageContaining("is in use");
            reset.run();
        }
        run(flow());
    }

    @Test
    void storeOfAnotherDataflowIsNotReset() throws Exception {
        run(flow());
        var other = Dataflow.named("other");
        other.input("in", TestSource.of(1)).output("rows", rows);

        assertThatThrownBy(() -> Waxwing.reset(other, store()))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("belongs to dataflow 'flow', but 'other' was started");
        run(flow());
    }

    @Test
    void damagedStoreIsReset() throws Exception {
        run(flow());
        Files.writeString(store().resolve("recovery.sqlite"), "something else");

        try (Reset reset = Reset.of(flow().plan(), store())) {
            assertThat(reset.removes())
                    .contains("recovery store " + store() + ", which cannot be read");
            reset.run();
        }

        run(flow());
        assertThat(rows.rows()).containsExactly(1, 2, 1, 2);
    }

    @Test
    void resetThatEndedWhenTheTargetsHadForgottenIsDoneAgain() throws Exception {
        run(flow());
        rows.restore("a", null);

        Waxwing.reset(flow(), store());

        run(flow());
        assertThat(rows.rows()).containsExactly(1, 2, 1, 2);
    }

    @Test
    void resetThatEndedInTheMiddleOfTheStoreIsDoneAgain() throws Exception {
        for (String removed : List.of("recovery.sqlite", "recovery.sqlite-wal", "recovery.mark")) {
            Waxwing.reset(flow(), store());
            run(flow());
            Files.deleteIfExists(store().resolve(removed));

            Waxwing.reset(flow(), store());

            run(flow());
        }
        assertThat(rows.rows()).hasSize(12);
    }

    @Test
    void storeStaysUntilAllTargetsHaveForgotten() throws Exception {
        run(flow());
        var stuck = flow(failing("forget.before"));
        assertThatThrownBy(() -> Waxwing.reset(stuck, store()))
                .hasMessageContaining("step 'flow.rows': forget of partition 'a' threw")
                .hasMessageContaining("target is down");
        assertThat(files()).isNotEmpty();

        Waxwing.reset(flow(), store());

        run(flow());
    }

    @Test
    void targetThatCannotBeAskedLeavesAllAsItWas() throws Exception {
        run(flow());

        assertThatThrownBy(() -> Waxwing.reset(flow(failing("remembered.before")), store()))
                .hasMessageContaining("step 'flow.rows': remembered of partition 'a' threw");

        run(flow());
        assertThat(rows.rows()).containsExactly(1, 2);
    }

    @Test
    void whatIsStagedIsForgotten() throws Exception {
        var stuck =
                pieces.withFaults(
                        point -> {
                            if (point.equals("commit.before")) {
                                throw new FencedException("stopped here");
                            }
                        });
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1)).output("pieces", stuck);
        assertThatThrownBy(() -> run(flow)).hasMessageContaining("stopped here");
        assertThat(pieces.staged()).hasSize(1);

        Waxwing.reset(flow, store());

        assertThat(pieces.staged()).isEmpty();
    }

    @Test
    void targetsForgetWhatTheyKnowUnderFormerNamesAndOfFormerPartitions() throws Exception {
        run(flow());
        var renamed = Dataflow.named("river").formerly("flow");
        renamed.input("in", source()).output("new", rows).formerly("rows");
        run(renamed);
        var fewer = Dataflow.named("river");
        var forgotten = new Forgotten(List.of("a"));
        fewer.input("in", source()).output("new", forgotten);

        Waxwing.reset(fewer, store());

        assertThat(forgotten.places)
                .contains(
                        "flow flow.rows a", "flow flow.rows b",
                        "river river.new a", "river river.new b");
    }

    @Test
    void stepThatIsNotInTheDataflowAnyMoreIsNamedAndItsMarkerStays() throws Exception {
        run(flow());
        var flow = Dataflow.named("flow");
        flow.input("in", source()).output("pieces", pieces);

        try (Reset reset = Reset.of(flow.plan(), store())) {
            assertThat(reset.leaves())
                    .singleElement()
                    .asString()
                    .startsWith("step 'flow.rows', which is not in the dataflow any more")
                    .contains("put the step back and reset again");
            reset.run();
        }

        assertThat(rows.marker("a")).isNotNull();
        assertThatThrownBy(() -> run(flow()))
                .hasMessageContaining("written from another recovery store");
        Waxwing.reset(flow(), store());
        run(flow());
    }

    @Test
    void stepThatWasRenamedIsNoneThatIsGone() throws Exception {
        run(flow());
        var renamed = Dataflow.named("flow");
        renamed.input("in", source()).output("new", rows).formerly("rows");

        try (Reset reset = Reset.of(renamed.plan(), store())) {
            assertThat(reset.leaves()).isEmpty();
            reset.run();
        }

        assertThat(rows.marker("a")).isNull();
    }

    @Test
    void sinkThatCannotBeResetIsNamed() throws Exception {
        run(flow());
        var flow = flow();
        flow.input("more", TestSource.of(1)).output("own", new Stubborn());

        assertThatThrownBy(() -> Waxwing.reset(flow, store()))
                .hasMessageContaining("step 'flow.own': its sink, ")
                .hasMessageContaining("Stubborn, may keep markers in its target")
                .hasMessageContaining("have to be removed by hand");
        assertThat(rows.marker("a")).isNotNull();
        try (Reset reset = Reset.of(flow.plan(), store())) {
            assertThat(reset.unable()).hasSize(1);
            reset.run();
        }
        assertThat(rows.marker("a")).isNull();
    }

    private Dataflow flow() {
        return flow(rows);
    }

    private static Dataflow flow(EpochSink<Integer> sink) {
        var flow = Dataflow.named("flow");
        flow.input("in", source()).output("rows", sink);
        return flow;
    }

    private static TestSource<Integer> source() {
        return TestSource.ofElements(List.of(1, 2, TestItems.endOfInput()));
    }

    private EpochSink<Integer> failing(String where) {
        return rows.withFaults(
                point -> {
                    if (point.equals(where)) {
                        throw new IOException("target is down");
                    }
                });
    }

    private void run(Dataflow flow) throws InterruptedException {
        Waxwing.run(flow, options(RecoveryOptions.in(store())));
    }

    private static EmbeddedOptions options(RecoveryOptions recovery) {
        return EmbeddedOptions.defaults().withRecovery(recovery);
    }

    private Path store() {
        return directory.resolve("store");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(store())) {
            return files.toList();
        }
    }

    private void deleteStore() throws IOException {
        for (Path file : files()) {
            if (Files.isDirectory(file)) {
                Files.delete(file);
            } else {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(store());
    }

    /** Keeps something, and nobody knows how to remove it. */
    private static final class Stubborn implements EpochSink<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public List<String> listParts() {
            return List.of("a");
        }

        @Override
        public TransactionalPartition<Integer> buildPart(String stepId, String forPart) {
            throw new AssertionError("it is not started");
        }
    }
}
