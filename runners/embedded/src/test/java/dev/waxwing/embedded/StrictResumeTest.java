package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.embedded.RecoveryOptions.Resume;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.SqliteRecoveryStore;
import dev.waxwing.recovery.StoreReader;
import dev.waxwing.recovery.inspect.StoreEntries;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored and does not fit the dataflow: refused, or given up by name. */
final class StrictResumeTest {

    @TempDir private Path directory;

    private final TestSink<Integer> out = new TestSink<>();
    private final TestSource<Integer> source =
            TestSource.of(1, TestItems.endOfInput(), 11, TestItems.endOfInput(), 21);

    @Test
    void stateThatNoStepTakesIsRefusedWithWhatToDo() throws Exception {
        run(sums(), Resume.newest());
        Dataflow renamed = Dataflow.named("flow");
        renamed.input("numbers", source).output("out", out);

        assertThat(failure(renamed, Resume.newest()))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("state 'state' of step 'flow.sum', which no step")
                .hasMessageContaining("state 'partitions' of step 'flow.in', which no step")
                .hasMessageContaining("say formerly(...) where the new one is made")
                .hasMessageContaining("Resume.newest().dropping(\"flow.sum\")")
                .hasMessageContaining("--drop-state \"flow.sum\"");

        run(sums(), Resume.newest());
        assertThat(out.committed()).containsExactly(1, 12);
    }

    @Test
    void stateIsGivenUpOnceByStep() throws Exception {
        run(sums(), Resume.newest());
        Dataflow without = without();

        run(without, Resume.newest().dropping("flow.sum"));

        assertThat(keys("flow.sum")).isEmpty();
        run(without, Resume.newest());
        assertThat(out.committed()).containsExactly(1, 11, 21);
    }

    @Test
    void stateOfAnotherStepIsNotGivenUp() throws Exception {
        run(sums(), Resume.newest());

        assertThat(failure(without(), Resume.newest().dropping("flow.su")))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("step 'flow.sum'");
    }

    @Test
    void whatCanBeTakenIsNotGivenUp() throws Exception {
        run(sums(), Resume.newest());

        run(sums(), Resume.newest().dropping("flow"));

        assertThat(out.committed()).containsExactly(1, 12);
    }

    @Test
    void stateOfATypeThatCannotBeReadIsGivenUpIfTheUserSaysSo() throws Exception {
        run(sums(), Resume.newest());
        Dataflow texts = Dataflow.named("flow");
        texts.input("in", source)
                .keyOn("key", n -> n % 10)
                .statefulMap(
                        "sum",
                        (@Nullable String sum, Integer n) ->
                                StateUpdate.keep("" + n, sum == null ? n : -n))
                .output("out", out);

        assertThat(failure(texts, Resume.newest()))
                .hasMessageContaining("it was Integer and is now String")
                .hasMessageContaining("give a migration function or restore the old type, or give")
                .hasMessageContaining("--drop-state \"flow.sum\"");
        run(texts, Resume.newest().dropping("flow.sum"));
        run(texts, Resume.newest());

        assertThat(out.committed()).containsExactly(1, 11, -21);
    }

    @Test
    void oneOfTwoStatesIsGivenUpIfTheUserSaysWhich() throws Exception {
        Dataflow both = Dataflow.named("flow");
        var numbers = both.input("in", source).keyOn("key", n -> n % 10);
        numbers.statefulMap("sum", StrictResumeTest::add).output("out", out);
        numbers.statefulMap("product", StrictResumeTest::add).output("other", out);
        run(both, Resume.newest());
        Dataflow renamed = Dataflow.named("flow");
        renamed.input("in", source)
                .keyOn("key", n -> n % 10)
                .statefulMap("product", StrictResumeTest::add)
                .formerly("sum")
                .output("out", out);
        Resume withoutOther = Resume.newest().dropping("flow.other");

        assertThat(failure(renamed, withoutOther))
                .hasMessageContaining("state 'state' of step 'flow.product': the store has it both")
                .hasMessageContaining("dropping(\"flow.sum\")");
        run(renamed, withoutOther.dropping("flow.sum"));
        run(renamed, Resume.newest());

        assertThat(out.committed()).containsExactly(1, 1, 12, 33);
    }

    private static StateUpdate<Integer, Integer> add(@Nullable Integer sum, Integer n) {
        int next = (sum == null ? 0 : sum) + n;
        return StateUpdate.keep(next, next);
    }

    private Dataflow sums() {
        return keyed(Integer.class, n -> n % 10);
    }

    private Dataflow without() {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", source).output("out", out);
        return flow;
    }

    private <K> Dataflow keyed(
            Class<K> type, dev.waxwing.function.Mapper<Integer, ? extends K> key) {
        Dataflow flow = Dataflow.named("flow");
        KeyedStream<K, Integer> numbers = flow.input("in", source).<K>keyOn("key", key);
        numbers.statefulMap("sum", StrictResumeTest::add).output("out", out);
        return flow;
    }

    private void run(Dataflow flow, Resume resume) throws InterruptedException {
        Runs.run(flow, options(resume));
    }

    private RuntimeException failure(Dataflow flow, Resume resume) {
        return Runs.failure(flow, options(resume));
    }

    private EmbeddedOptions options(Resume resume) {
        return EmbeddedOptions.defaults()
                .withRecovery(
                        RecoveryOptions.in(directory)
                                .withEpochInterval(Duration.ZERO)
                                .withResume(resume));
    }

    private List<String> keys(String stepId) {
        List<String> keys = new ArrayList<>();
        try (StoreReader reader = SqliteRecoveryStore.read(directory)) {
            new StoreEntries(reader)
                    .forEach(
                            reader.decidedEpoch(),
                            entry -> {
                                if (entry.state().stepPath().equals(stepId)) {
                                    keys.add(entry.key());
                                }
                            });
        }
        return keys;
    }
}
