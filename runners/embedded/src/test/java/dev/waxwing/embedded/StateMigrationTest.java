package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.GenericObject;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.Warnings;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State whose class has changed in a way that only its author can bridge. */
final class StateMigrationTest {

    private static final String CHANGES = "dev.waxwing.engine.resume.SchemaChanges";

    @TempDir private Path directory;

    @Test
    void changedTypeIsRefusedBeforeAnythingFlowsAndMigratedOnceOnRequest() throws Exception {
        var source = TestSource.of("a", TestItems.endOfInput(), "a", TestItems.endOfInput(), "a");
        var out = new TestSink<String>();
        RecoveryOptions recovery = RecoveryOptions.in(directory);
        run(before(source, out), recovery);

        assertThatThrownBy(() -> run(after(source, out), recovery))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("step 'shop.total'")
                .hasMessageContaining("component 'total' of Total was int and is now String");

        run(
                after(source, out),
                recovery.withMigration(
                        "shop.total",
                        old -> new After.Total("was " + ((GenericObject) old).get("total"))));

        run(after(source, out), recovery);

        assertThat(out.committed()).containsExactly("1", "was 1+", "was 1++");
    }

    @Test
    void migrationThatThrowsIsToldWithStepKeyAndCause() throws Exception {
        var source = TestSource.of("a", TestItems.endOfInput(), "a");
        var out = new TestSink<String>();
        RecoveryOptions recovery = RecoveryOptions.in(directory);
        run(before(source, out), recovery);
        var boom = new IOException("boom");

        assertThatThrownBy(
                        () ->
                                run(
                                        after(source, out),
                                        recovery.withMigration(
                                                "shop.total",
                                                old -> {
                                                    throw boom;
                                                })))
                .isInstanceOf(RecoveryException.class)
                .hasMessageStartingWith("state 'state' of step 'shop.total', key 'a': ")
                .hasMessageContaining("the migration function threw java.io.IOException: boom")
                .hasCause(boom)
                .extracting(e -> ((RecoveryException) e).stepId())
                .isEqualTo("shop.total");
        run(after(source, out), recovery.withMigration("shop.total", old -> new After.Total("?")));
        assertThat(out.committed()).containsExactly("1", "?+");
    }

    @Test
    void constructorThatRefusesWhatIsStoredIsToldWithStepKeyAndCause() throws Exception {
        var source = TestSource.of("a", TestItems.endOfInput(), "a");
        var out = new TestSink<String>();
        RecoveryOptions recovery = RecoveryOptions.in(directory);
        run(before(source, out), recovery);

        assertThatThrownBy(() -> run(stricter(source, out), recovery))
                .isInstanceOf(RecoveryException.class)
                .hasMessageStartingWith("state 'state' of step 'shop.total', key 'a': ")
                .hasMessageContaining("which refused [1]")
                .hasRootCauseMessage("at least 10")
                .extracting(e -> ((RecoveryException) e).stepId())
                .isEqualTo("shop.total");
    }

    @Test
    void changesOfATypeThatCanBeReadAreToldAtTheStart() throws Exception {
        var source = TestSource.of("a", TestItems.endOfInput(), "a");
        var out = new TestSink<String>();
        RecoveryOptions recovery = RecoveryOptions.in(directory);
        run(before(source, out), recovery);

        assertThat(Warnings.of(CHANGES, () -> run(renamed(source, out), recovery)))
                .singleElement()
                .asString()
                .startsWith("state 'state' of step 'shop.total': stored with other types")
                .contains("component 'total' of Total was removed")
                .contains("component 'sum' of Total was added and is 0 in what was stored before")
                .contains("if a component was renamed")
                .contains("RecoveryOptions.withMigration(...)");
    }

    @Test
    void sameTypeIsNothingToTell() throws Exception {
        var source = TestSource.of("a", TestItems.endOfInput(), "a");
        var out = new TestSink<String>();
        RecoveryOptions recovery = RecoveryOptions.in(directory);
        run(before(source, out), recovery);

        assertThat(Warnings.of(CHANGES, () -> run(before(source, out), recovery))).isEmpty();
    }

    @Test
    void migrationCarriesTheValueOfARenamedComponentOver() throws Exception {
        var source = TestSource.of("a", TestItems.endOfInput(), "a");
        var out = new TestSink<String>();
        RecoveryOptions recovery = RecoveryOptions.in(directory);
        run(before(source, out), recovery);
        RecoveryOptions migrating =
                recovery.withMigration(
                        "shop.total",
                        old -> new Renamed.Total((int) ((GenericObject) old).get("total")));

        assertThat(Warnings.of(CHANGES, () -> run(renamed(source, out), migrating))).isEmpty();

        assertThat(out.committed()).containsExactly("1", "2");
    }

    @Test
    void migrationOfAStepThatIsNotThereIsRefused() {
        var flow = before(TestSource.of("a"), new TestSink<String>());
        RecoveryOptions recovery =
                RecoveryOptions.in(directory).withMigration("shop.totals", old -> old);

        assertThatThrownBy(() -> run(flow, recovery))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("a migration was given for step 'shop.totals'")
                .hasMessageContaining("which dataflow 'shop' does not have");
    }

    private static void run(Dataflow flow, RecoveryOptions recovery) throws InterruptedException {
        Waxwing.run(flow, EmbeddedOptions.defaults().withRecovery(recovery));
    }

    private static Dataflow before(TestSource<String> source, TestSink<String> out) {
        var flow = Dataflow.named("shop");
        flow.input("in", source)
                .keyOn("by-word", word -> word)
                .statefulMap(
                        "total",
                        (Before.@Nullable Total total, String word) -> {
                            var next = new Before.Total(total == null ? 1 : total.total + 1);
                            return StateUpdate.keep(next, "" + next.total);
                        })
                .output("out", out);
        return flow;
    }

    private static Dataflow after(TestSource<String> source, TestSink<String> out) {
        var flow = Dataflow.named("shop");
        flow.input("in", source)
                .keyOn("by-word", word -> word)
                .statefulMap(
                        "total",
                        (After.@Nullable Total total, String word) -> {
                            var next = new After.Total(total == null ? "+" : total.total + "+");
                            return StateUpdate.keep(next, next.total);
                        })
                .output("out", out);
        return flow;
    }

    private static Dataflow stricter(TestSource<String> source, TestSink<String> out) {
        var flow = Dataflow.named("shop");
        flow.input("in", source)
                .keyOn("by-word", word -> word)
                .statefulMap(
                        "total",
                        (Stricter.@Nullable Total total, String word) ->
                                StateUpdate.keep(new Stricter.Total(10), "10"))
                .output("out", out);
        return flow;
    }

    private static Dataflow renamed(TestSource<String> source, TestSink<String> out) {
        var flow = Dataflow.named("shop");
        flow.input("in", source)
                .keyOn("by-word", word -> word)
                .statefulMap(
                        "total",
                        (Renamed.@Nullable Total total, String word) -> {
                            var next = new Renamed.Total(total == null ? 1 : total.sum + 1);
                            return StateUpdate.keep(next, "" + next.sum);
                        })
                .output("out", out);
        return flow;
    }

    /** The state as it was, with another name for what is in it. */
    private static final class Renamed {
        record Total(int sum) {}
    }

    /** The state as it was. */
    private static final class Before {
        record Total(int total) {}
    }

    /** The state as it was, with a rule that was added later. */
    private static final class Stricter {
        record Total(int total) {
            Total {
                if (total < 10) {
                    throw new IllegalArgumentException("at least 10");
                }
            }
        }
    }

    /** The state as it is now. */
    private static final class After {
        record Total(String total) {}
    }
}
