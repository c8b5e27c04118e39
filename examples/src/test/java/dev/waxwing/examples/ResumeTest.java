package dev.waxwing.examples;

import static dev.waxwing.testing.TestItems.endOfInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.RecoveryOptions.Resume;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide says of resuming. */
final class ResumeTest {

    @TempDir private Path directory;

    private final TestSource<Integer> source = TestSource.of(1, 2, endOfInput(), 3, 4);
    private final TestSink<Long> sink = new TestSink<>();
    private RecoveryOptions recovery;

    @BeforeEach
    void givesEachTestAStore() {
        recovery = RecoveryOptions.in(directory.resolve("state"));
    }

    @Test
    void renamedStepFindsItsState() {
        Waxwing.run(total("total"), recovery);
        Waxwing.run(renamed(), recovery);

        assertThat(sink.committed()).containsExactly(1L, 3L, 6L, 10L);
    }

    @Test
    void renamedStepWithoutFormerlyIsRefused() {
        Waxwing.run(total("total"), recovery);

        assertThatThrownBy(() -> Waxwing.run(total("running-total"), recovery))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("state 'state' of step 'totals.total', which no step");
    }

    @Test
    void stateThatIsGivenUpIsLeftBehind() {
        Waxwing.run(total("total"), recovery);
        // region dropping
        var dropping = recovery.withResume(Resume.newest().withDropped("totals.total"));
        // endregion
        Waxwing.run(total("running-total"), dropping);

        assertThat(sink.committed()).containsExactly(1L, 3L, 3L, 7L);
    }

    @Test
    void anotherNumberOfWorkersFindsTheState() {
        var options = EmbeddedOptions.defaults().withRecovery(recovery);

        Waxwing.run(total("total"), options.withWorkers(3));
        Waxwing.run(total("total"), options.withWorkers(2));

        assertThat(sink.committed()).containsExactly(1L, 3L, 6L, 10L);
    }

    @Test
    void replayFromAnOlderEpochGivesTheSameResult() {
        var first = Waxwing.run(total("total"), recovery.withRetention(Duration.ofDays(1)));
        Waxwing.run(total("total"), recovery.withRetention(Duration.ofDays(1)));

        // region replay
        var epoch = RecoveryOptions.Resume.replay(first.decidedEpoch());
        var replay = recovery.withRetention(Duration.ofDays(1)).withResume(epoch);
        // endregion
        var replayed = Waxwing.run(total("total"), replay);

        assertThat(replayed.itemsIn()).isEqualTo(2);
        assertThat(sink.committed()).containsExactly(1L, 3L, 6L, 10L);
    }

    @Test
    void stateOfAnotherTypeIsRefusedBeforeAnyItemFlows() {
        Waxwing.run(total("total"), recovery);

        assertThatThrownBy(() -> Waxwing.run(textTotal(), recovery))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("totals.total");
        assertThat(sink.committed()).containsExactly(1L, 3L);
    }

    @Test
    void stateOfAnotherTypeIsMigratedOnRequest() {
        Waxwing.run(total("total"), recovery);

        // region migration
        var migrating = recovery.withMigration("totals.total", total -> total.toString());
        // endregion
        Waxwing.run(textTotal(), migrating);

        assertThat(sink.committed()).containsExactly(1L, 3L, 2L, 3L);
    }

    @Test
    void refusedReplayLeavesTheStoreAsItWas() {
        var keeping = recovery.withRetention(Duration.ofDays(1));
        var first = Waxwing.run(total("total"), keeping);
        Waxwing.run(total("total"), keeping);
        var replay = RecoveryOptions.Resume.replay(first.decidedEpoch());

        assertThatThrownBy(() -> Waxwing.run(textTotal(), keeping.withResume(replay)))
                .isInstanceOf(RecoveryException.class);

        assertThat(Waxwing.run(total("total"), keeping).itemsIn()).isZero();
    }

    @Test
    void storeOfAnotherDataflowIsRefused() {
        Waxwing.run(total("total"), recovery);

        var other = Dataflow.named("others");
        other.input("numbers", source).output("out", new TestSink<Integer>());

        assertThatThrownBy(() -> Waxwing.run(other, recovery))
                .hasMessageContaining("'totals'")
                .hasMessageContaining("'others'");
    }

    private Dataflow total(String stepName) {
        var flow = Dataflow.named("totals");
        flow.input("numbers", source)
                .keyOn("all", n -> "all")
                .statefulMap(stepName, ResumeTest::add)
                .output("out", sink);
        return flow;
    }

    private Dataflow renamed() {
        var flow = Dataflow.named("totals");
        // region formerly
        flow.input("numbers", source)
                .keyOn("all", n -> "all")
                .statefulMap("running-total", ResumeTest::add)
                .formerly("total")
                .output("out", sink);
        // endregion
        return flow;
    }

    private Dataflow textTotal() {
        var flow = Dataflow.named("totals");
        flow.input("numbers", source)
                .keyOn("all", n -> "all")
                .statefulMap("total", ResumeTest::append)
                .map("length", (key, text) -> (long) text.length())
                .output("out", sink);
        return flow;
    }

    private static StateUpdate<Long, Long> add(@Nullable Long total, Integer n) {
        long sum = (total == null ? 0 : total) + n;
        return StateUpdate.keep(sum, sum);
    }

    private static StateUpdate<String, String> append(@Nullable String text, Integer n) {
        var longer = (text == null ? "" : text) + n;
        return StateUpdate.keep(longer, longer);
    }
}
