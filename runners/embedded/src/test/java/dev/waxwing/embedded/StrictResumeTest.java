package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.function.Mapper;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.RecoveryOptions.Resume;
import dev.waxwing.recovery.sqlite.SqliteRecoveryStore;
import dev.waxwing.recovery.sqlite.inspect.StoreEntries;
import dev.waxwing.recovery.store.StoreReader;
import dev.waxwing.source.Source;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.TumblingWindower;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

    /** A key as it was. */
    private record Before(int digit) {}

    /** A key as it is now. */
    private record After(int digit, int tens) {}

    /** A key as it is now, whose digit is equal to another of the same scale only. */
    private record Exact(BigDecimal digit) {}

    /** A key as it is now, which can hold more. */
    private record Wider(long digit) {}

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
                .hasMessageContaining("Resume.newest().withDropped(\"flow.sum\")")
                .hasMessageContaining("--drop-state \"flow.sum\"");

        run(sums(), Resume.newest());
        assertThat(out.committed()).containsExactly(1, 12);
    }

    @Test
    void stateIsGivenUpOnceByStep() throws Exception {
        run(sums(), Resume.newest());
        Dataflow without = without();

        run(without, Resume.newest().withDropped("flow.sum"));

        assertThat(keys("flow.sum")).isEmpty();
        run(without, Resume.newest());
        assertThat(out.committed()).containsExactly(1, 11, 21);
    }

    @Test
    void stateOfAnotherStepIsNotGivenUp() throws Exception {
        run(sums(), Resume.newest());

        assertThat(failure(without(), Resume.newest().withDropped("flow.su")))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("step 'flow.sum'");
    }

    @Test
    void whatCanBeTakenIsNotGivenUp() throws Exception {
        run(sums(), Resume.newest());

        run(sums(), Resume.newest().withDropped("flow"));

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
        run(texts, Resume.newest().withDropped("flow.sum"));
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
        Resume withoutOther = Resume.newest().withDropped("flow.other");

        assertThat(failure(renamed, withoutOther))
                .hasMessageContaining("state 'state' of step 'flow.product': the store has it both")
                .hasMessageContaining("withDropped(\"flow.sum\")");
        run(renamed, withoutOther.withDropped("flow.sum"));
        run(renamed, Resume.newest());

        assertThat(out.committed()).containsExactly(1, 1, 12, 33);
    }

    @Test
    void stateOfAnotherOperatorIsNotTaken() throws Exception {
        run(sums(), Resume.newest());
        Dataflow counted = Dataflow.named("flow");
        counted.input("in", source)
                .keyOn("key", n -> n % 10)
                .countFinal("sum")
                .mapValue("number", Long::intValue)
                .output("out", out);

        assertThat(failure(counted, Resume.newest()))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("state 'state' of step 'flow.sum', which no step");
    }

    @Test
    void keyThatGotAComponentIsRefused() throws Exception {
        run(this.<Before>keyed(n -> new Before(n % 10)), Resume.newest());
        Dataflow changed = this.<After>keyed(n -> new After(n % 10, n / 10));

        assertThat(failure(changed, Resume.newest()))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("key of state 'state' of step 'flow.sum'")
                .hasMessageContaining("component 'tens' of After was added")
                .hasMessageContaining("nothing that is stored would be found")
                .hasMessageContaining("restore the old type of the key, or give up");
        run(changed, Resume.newest().withDropped("flow.sum"));
        assertThat(out.committed()).containsExactly(1, 11);
    }

    @Test
    void keyOfAnotherClassIsRefusedThoughNoTypeTellsIt() throws Exception {
        run(this.<Object>keyed(n -> n % 10), Resume.newest());

        assertThat(failure(this.<Object>keyed(n -> n % 10L), Resume.newest()))
                .hasMessageContaining("step 'flow.sum'")
                .hasMessageContaining("got a key of java.lang.Long")
                .hasMessageContaining("all that is stored of it has keys of java.lang.Integer")
                .hasMessageContaining("restore the old type of the key, or give the step a new");
        run(this.<Object>keyed(n -> n % 10), Resume.newest());
        assertThat(out.committed()).containsExactly(1, 12);
    }

    @Test
    void keysMayBeOfSeveralClasses() throws Exception {
        var numbers = TestSource.of(1, TestItems.endOfInput(), 11, 20, TestItems.endOfInput(), 40);
        Dataflow mixed =
                this.<Object>keyed(numbers, n -> n % 20 == 0 ? n % 3 == 2 ? "a" : 'b' : n % 10);

        run(mixed, Resume.newest());
        run(mixed, Resume.newest());
        run(mixed, Resume.newest());

        assertThat(out.committed()).containsExactly(1, 12, 20, 40);
    }

    @Test
    void keyThatIsWiderAndNotEqualIsRefused() throws Exception {
        run(this.<Before>keyed(n -> new Before(n % 10)), Resume.newest());
        Dataflow scaled = this.<Exact>keyed(n -> new Exact(BigDecimal.valueOf(n % 10).setScale(1)));

        assertThat(failure(scaled, Resume.newest()))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("key of state 'state' of step 'flow.sum'")
                .hasMessageContaining("component 'digit' of Exact was int and is now BigDecimal")
                .hasMessageContaining("nothing that is stored would be found");
    }

    @Test
    void keyThatIsWiderFindsItsState() throws Exception {
        run(this.<Before>keyed(n -> new Before(n % 10)), Resume.newest());

        run(this.<Wider>keyed(n -> new Wider(n % 10)), Resume.newest());

        assertThat(out.committed()).containsExactly(1, 12);
    }

    @Test
    void openWindowsOfAnotherLengthAreRefusedAndGivenUpOnRequest() throws Exception {
        TestSource<Integer> crashing = TestSource.of(5, 6, 7, TestItems.crash(), 65, 125);
        assertThat(failure(windows(crashing, 10), Resume.newest()))
                .hasStackTraceContaining("as the test asked for");

        assertThat(failure(windows(crashing, 60), Resume.newest()))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("state 'windows' of step 'flow.windows'")
                .hasMessageContaining("the length of windows was PT10S and is now PT1M")
                .hasMessageContaining("set it back, or give up what is stored of it, once")
                .hasMessageContaining("--drop-state \"flow.windows\"");
        run(windows(crashing, 60), Resume.newest().withDropped("flow.windows"));

        assertThat(out.committed()).endsWith(60, 120);
    }

    private static StateUpdate<Integer, Integer> add(@Nullable Integer sum, Integer n) {
        int next = (sum == null ? 0 : sum) + n;
        return StateUpdate.keep(next, next);
    }

    private Dataflow sums() {
        return this.<Integer>keyed(n -> n % 10);
    }

    private Dataflow without() {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", source).output("out", out);
        return flow;
    }

    private <K> Dataflow keyed(Mapper<Integer, ? extends K> key) {
        return keyed(source, key);
    }

    private <K> Dataflow keyed(Source<Integer> numbers, Mapper<Integer, ? extends K> key) {
        Dataflow flow = Dataflow.named("flow");
        KeyedStream<K, Integer> keyed = flow.input("in", numbers).<K>keyOn("key", key);
        keyed.statefulMap("sum", StrictResumeTest::add).output("out", out);
        return flow;
    }

    /** Emits when each window of so many seconds opens. */
    private Dataflow windows(Source<Integer> seconds, int length) {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", seconds)
                .keyOn("key", n -> "all")
                .countWindow(
                        "windows",
                        EventClock.of(
                                        (Integer second) -> Instant.ofEpochSecond(second),
                                        Duration.ofSeconds(3))
                                .withoutIdleAdvance(),
                        TumblingWindower.of(Duration.ofSeconds(length)))
                .down()
                .mapValue("open", result -> (int) result.open().getEpochSecond())
                .output("out", out);
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
