package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.endOfInput;
import static dev.waxwing.testing.TestItems.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.source.Source;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.testing.TestSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a later execution finds of an earlier one on any runner. */
public abstract class RecoverySpec extends OperatorSpec {

    @Test
    void executionReturnsWhenAllOutputIsWritten() {
        given(1, 2, 3).through(numbers -> numbers).expect(1, 2, 3);
    }

    @Test
    void crashBeforeAnyEpochWasDecidedRepeatsEverything() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var written = TestSink.<Integer>dynamic();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, crash(), 3))
                            .output("out", written);

                    world.run(flow);

                    assertThat(written.all()).endsWith(1, 2, 3);
                });
    }

    @Test
    void stateAfterACrashIsWhatTheInputGives() {
        givenKeyed(
                        keyed("a", 1),
                        keyed("b", 10),
                        crash(),
                        keyed("a", 2),
                        crash(),
                        keyed("b", 20),
                        keyed("a", 3))
                .through(pairs -> sums(pairs))
                .expect(
                        keyed("a", 1L),
                        keyed("b", 10L),
                        keyed("a", 3L),
                        keyed("b", 30L),
                        keyed("a", 6L));
    }

    @Test
    void continuationReadsOnlyWhatIsNew() {
        inEachMode(
                world -> {
                    var out = new TestSink<Integer>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(0, 1, 2, endOfInput(), 3, 4))
                            .output("out", out);

                    world.run(flow);
                    assertThat(out.committed()).containsExactly(0, 1, 2);
                    world.run(flow);
                    assertThat(out.committed()).containsExactly(0, 1, 2, 3, 4);
                    world.run(flow);
                    assertThat(out.committed()).containsExactly(0, 1, 2, 3, 4);
                });
    }

    @Test
    void emptyContinuationsChangeNothing() {
        inEachMode(
                world -> {
                    var out = new TestSink<Keyed<String, Long>>();
                    var flow =
                            sumFlow(
                                    world.source(
                                            keyed("a", 1),
                                            endOfInput(),
                                            endOfInput(),
                                            endOfInput(),
                                            keyed("a", 2)),
                                    out);

                    world.run(flow);
                    world.run(flow);
                    world.run(flow);
                    world.run(flow);

                    assertThat(out.committed()).containsExactly(keyed("a", 1L), keyed("a", 3L));
                });
    }

    @Test
    void discardIsRecorded() {
        givenKeyed(keyed("a", 1), keyed("a", 0), endOfInput(), keyed("a", 5))
                .through(
                        pairs ->
                                pairs.<Long, Long>statefulMap(
                                        "sum",
                                        (sum, n) ->
                                                n == 0 ? StateUpdate.discard(0L) : keep(sum, n)))
                .expect(keyed("a", 1L), keyed("a", 0L), keyed("a", 5L));
    }

    @Test
    void statesFollowTheirKeysWhenTheNumberOfWorkersChanges() {
        int[] counts =
                runner().modes().stream().mapToInt(SpecMode::workers).distinct().sorted().toArray();
        in(
                SpecMode.plain(),
                world -> {
                    List<Object> elements = new ArrayList<>();
                    List<Keyed<String, Long>> expected = new ArrayList<>();
                    for (int round = 1; round <= 2 * counts.length; round++) {
                        for (int key = 0; key < 20; key++) {
                            elements.add(keyed("key" + key, 1));
                            expected.add(keyed("key" + key, (long) round));
                        }
                        elements.add(endOfInput());
                    }
                    var out = new TestSink<Keyed<String, Long>>();
                    var flow = sumFlow(world.sourceOf(elements), out);

                    for (int count : counts) {
                        world.run(flow, count);
                    }
                    for (int i = counts.length - 1; i >= 0; i--) {
                        world.run(flow, counts[i]);
                    }

                    assertThat(out.committed()).containsExactlyInAnyOrderElementsOf(expected);
                });
    }

    @Test
    void keyIsSnapshottedOnceInAnEpoch() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    Queue<String> snapshots = new ConcurrentLinkedQueue<>();

                    world.run(snapshotFlow(world, snapshots, keyed("a", 1), keyed("a", 2)));

                    assertThat(snapshots).containsExactly("a");
                });
    }

    @Test
    void keyThatWasNotTouchedIsNotSnapshotted() {
        inModes(
                mode ->
                        mode.epochAfterEachBatch()
                                && mode.sourceBatchItems() == 1
                                && !mode.restoreAfterEachBatch(),
                world -> {
                    Queue<String> snapshots = new ConcurrentLinkedQueue<>();

                    world.run(
                            snapshotFlow(
                                    world,
                                    snapshots,
                                    keyed("b", 1),
                                    keyed("a", 1),
                                    keyed("a", 2),
                                    keyed("a", 3),
                                    keyed("a", 4)));

                    /* One for its item, one for the end of input. */
                    assertThat(snapshots.stream().filter("b"::equals)).hasSizeBetween(1, 2);
                });
    }

    @Test
    void withoutRecoveryThereAreNoSnapshots() {
        in(
                SpecMode.plain().withEpochAfterEachBatch().withoutRecovery(),
                world -> {
                    Queue<String> snapshots = new ConcurrentLinkedQueue<>();

                    world.run(snapshotFlow(world, snapshots, keyed("a", 1), keyed("a", 2)));

                    assertThat(snapshots).isEmpty();
                });
    }

    @Test
    void stateThatIsTheLogicsOwnObjectIsKeptAsItWasInItsEpoch() {
        givenKeyed(keyed("a", 1), keyed("a", 2), crash(), keyed("a", 3))
                .through(
                        pairs ->
                                pairs.<List<Integer>, ArrayList<Integer>>statefulMap(
                                        "all",
                                        (all, n) -> {
                                            ArrayList<Integer> list =
                                                    all == null ? new ArrayList<>() : all;
                                            list.add(n);
                                            return StateUpdate.keep(list, List.copyOf(list));
                                        }))
                .expect(
                        keyed("a", List.of(1)),
                        keyed("a", List.of(1, 2)),
                        keyed("a", List.of(1, 2, 3)));
    }

    @Test
    void renamedStepFindsItsState() {
        sumsGoOn(
                RecoverySpec::sums,
                pairs ->
                        pairs.<Long, Long>statefulMap("total", RecoverySpec::keep).formerly("sum"));
    }

    @Test
    void stepOfARenamedOperatorFindsItsState() {
        Operator<KeyedStream<String, Integer>, KeyedStream<String, Long>> summing =
                RecoverySpec::sums;
        sumsGoOn(
                pairs -> pairs.then("old", summing),
                pairs -> pairs.then("new", summing).formerly("old"));
    }

    @Test
    void formerNameOfAStepInsideMayStayWhenTheOperatorIsRenamed() {
        Operator<KeyedStream<String, Integer>, KeyedStream<String, Long>> summing =
                RecoverySpec::sums;
        Operator<KeyedStream<String, Integer>, KeyedStream<String, Long>> renamedSum =
                pairs -> pairs.<Long, Long>statefulMap("sum", RecoverySpec::keep).formerly("first");
        sumsGoOn(
                pairs -> pairs.then("old", summing),
                pairs -> pairs.then("new", renamedSum).formerly("old"));
    }

    @Test
    void stepThatHasStateOfItsOwnDoesNotTakeOverThatOfAFormerName() {
        inEachMode(
                world -> {
                    var out = new TestSink<Keyed<String, Long>>();
                    var source =
                            world.<Keyed<String, Integer>>source(
                                    keyed("a", 1), endOfInput(), keyed("a", 2));
                    var both = Dataflow.named("flow");
                    KeyedStream<String, Integer> pairs = keys(both, source);
                    sums(pairs)
                            .merge(
                                    "all",
                                    pairs.<Long, Long>statefulMap("total", RecoverySpec::keep))
                            .<Keyed<String, Long>>map("pairs", Keyed::new)
                            .output("out", out);
                    world.run(both);

                    var tooLate = Dataflow.named("flow");
                    totals(tooLate, source)
                            .formerly("sum")
                            .<Keyed<String, Long>>map("pairs", Keyed::new)
                            .output("out", out);

                    assertThatThrownBy(() -> world.run(tooLate))
                            .hasStackTraceContaining("step 'flow.total': the store has it")
                            .hasStackTraceContaining("take formerly away");
                });
    }

    @Test
    void renamedSourceAndSinkGoOnWhereTheyWere() {
        inEachMode(
                world -> {
                    var out = new TestSink<Integer>();
                    var source = world.<Integer>source(1, endOfInput(), 2);
                    var flow = Dataflow.named("flow");
                    flow.input("in", source).output("out", out);
                    world.run(flow);

                    var renamed = Dataflow.named("flow");
                    renamed.input("numbers", source)
                            .formerly("in")
                            .output("file", out)
                            .formerly("out");
                    world.run(renamed);

                    assertThat(out.committed()).containsExactly(1, 2);
                });
    }

    @Test
    void renamedDataflowGoesOnWithAllThatItHas() {
        inEachMode(
                world -> {
                    var out = new TestSink<Keyed<String, Long>>();
                    var source =
                            world.<Keyed<String, Integer>>source(
                                    keyed("a", 1),
                                    endOfInput(),
                                    keyed("a", 2),
                                    endOfInput(),
                                    keyed("a", 3));
                    world.run(sumFlow(source, out));

                    world.run(sumFlow(Dataflow.named("river").formerly("flow"), source, out));
                    world.run(sumFlow(Dataflow.named("river"), source, out));

                    assertThat(out.committed())
                            .containsExactly(keyed("a", 1L), keyed("a", 3L), keyed("a", 6L));
                });
    }

    @Test
    void stateOfARemovedStepIsNotLostWithoutAWord() {
        inEachMode(
                world -> {
                    var out = new TestSink<Keyed<String, Long>>();
                    var source =
                            world.<Keyed<String, Integer>>source(
                                    keyed("a", 1), endOfInput(), keyed("a", 2));
                    world.run(sumFlow(source, out));

                    var without = Dataflow.named("flow");
                    keys(without, source)
                            .<Keyed<String, Long>>map("pairs", (key, n) -> keyed(key, (long) n))
                            .output("out", out);

                    assertThatThrownBy(() -> world.run(without))
                            .hasStackTraceContaining(
                                    "state 'state' of step 'flow.sum', which no step of the"
                                            + " dataflow takes")
                            .hasStackTraceContaining("say formerly(...)");
                    world.run(sumFlow(source, out));
                    assertThat(out.committed()).containsExactly(keyed("a", 1L), keyed("a", 3L));
                });
    }

    @Test
    void renamedStepWithoutItsFormerNameDoesNotBeginAnew() {
        inEachMode(
                world -> {
                    var out = new TestSink<Keyed<String, Long>>();
                    var source =
                            world.<Keyed<String, Integer>>source(
                                    keyed("a", 1), endOfInput(), keyed("a", 2));
                    world.run(sumFlow(source, out));
                    var renamed = Dataflow.named("flow");
                    totals(renamed, source)
                            .<Keyed<String, Long>>map("pairs", Keyed::new)
                            .output("out", out);

                    assertThatThrownBy(() -> world.run(renamed))
                            .hasStackTraceContaining("state 'state' of step 'flow.sum', which no");
                    assertThat(out.committed()).containsExactly(keyed("a", 1L));
                });
    }

    @Test
    void renamedSourceWithoutItsFormerNameIsNotReadAgain() {
        inEachMode(
                world -> {
                    var out = new TestSink<Integer>();
                    var source = world.<Integer>source(1, endOfInput(), 2);
                    var flow = Dataflow.named("flow");
                    flow.input("in", source).output("out", out);
                    world.run(flow);
                    var renamed = Dataflow.named("flow");
                    renamed.input("numbers", source).output("out", out);

                    assertThatThrownBy(() -> world.run(renamed))
                            .hasStackTraceContaining(
                                    "state 'partitions' of step 'flow.in', which no step");
                    assertThat(out.committed()).containsExactly(1);
                });
    }

    /** Whether steps go on with the state of others when they take their place. */
    private void sumsGoOn(
            Operator<KeyedStream<String, Integer>, KeyedStream<String, Long>> before,
            Operator<KeyedStream<String, Integer>, KeyedStream<String, Long>> after) {
        inEachMode(
                world -> {
                    var out = new TestSink<Keyed<String, Long>>();
                    var source =
                            world.<Keyed<String, Integer>>source(
                                    keyed("a", 1), endOfInput(), keyed("a", 2));
                    for (var sums : List.of(before, after)) {
                        var flow = Dataflow.named("flow");
                        sums.apply(keys(flow, source))
                                .<Keyed<String, Long>>map("pairs", Keyed::new)
                                .output("out", out);
                        world.run(flow);
                    }

                    assertThat(out.committed()).containsExactly(keyed("a", 1L), keyed("a", 3L));
                });
    }

    private static Dataflow sumFlow(
            Source<Keyed<String, Integer>> source, TestSink<Keyed<String, Long>> out) {
        return sumFlow(Dataflow.named("flow"), source, out);
    }

    private static Dataflow sumFlow(
            Dataflow flow,
            Source<Keyed<String, Integer>> source,
            TestSink<Keyed<String, Long>> out) {
        sums(keys(flow, source)).<Keyed<String, Long>>map("pairs", Keyed::new).output("out", out);
        return flow;
    }

    private static KeyedStream<String, Long> totals(
            Dataflow flow, Source<Keyed<String, Integer>> source) {
        return keys(flow, source).<Long, Long>statefulMap("total", RecoverySpec::keep);
    }

    private static KeyedStream<String, Integer> keys(
            Dataflow flow, Source<Keyed<String, Integer>> source) {
        return flow.input("in", source)
                .<String>keyOn("key", Keyed::key)
                .mapValue("value", Keyed::value);
    }

    private static KeyedStream<String, Long> sums(KeyedStream<String, Integer> pairs) {
        return pairs.<Long, Long>statefulMap("sum", RecoverySpec::keep);
    }

    private static StateUpdate<Long, Long> keep(@Nullable Long sum, Integer n) {
        long next = (sum == null ? 0 : sum) + n;
        return StateUpdate.keep(next, next);
    }

    private static Dataflow snapshotFlow(
            SpecWorld world,
            Queue<String> snapshots,
            Keyed<String, Integer> first,
            Object... rest) {
        var flow = Dataflow.named("flow");
        keys(flow, world.<Keyed<String, Integer>>source(first, rest))
                .stateful(
                        "count",
                        (LogicContext<String> context, @Nullable Integer state) ->
                                new SnapshotLogic(context.key(), snapshots))
                .output("out", new TestSink<Integer>());
        return flow;
    }

    /** Records its snapshots. */
    private static final class SnapshotLogic implements StatefulLogic<Integer, Integer, Integer> {

        private final String key;
        private final Queue<String> snapshots;

        SnapshotLogic(String key, Queue<String> snapshots) {
            this.key = key;
            this.snapshots = snapshots;
        }

        @Override
        public Retain onItem(Integer value, Outputs<? super Integer> out) {
            out.emit(value);
            return Retain.KEEP;
        }

        @Override
        public Integer snapshot() {
            snapshots.add(key);
            return 0;
        }
    }
}
