package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.pause;
import static dev.waxwing.testing.operators.WindowFlows.FOR_EVER;
import static dev.waxwing.testing.operators.WindowFlows.SESSIONS;
import static dev.waxwing.testing.operators.WindowFlows.TENS;
import static dev.waxwing.testing.operators.WindowFlows.event;
import static dev.waxwing.testing.operators.WindowFlows.late;
import static dev.waxwing.testing.operators.WindowFlows.results;
import static dev.waxwing.testing.operators.WindowFlows.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.Stream;
import dev.waxwing.WindowOut;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.testing.ManualClock;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.operators.FoldWindowSpec.Event;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.Windower;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the time of the stream does to windows, on any runner. Pauses are short where they last. */
public abstract class StreamTimeSpec extends OperatorSpec {

    private static final Duration LATER = Duration.ofMillis(250);
    private static final WatermarkOptions IN_ORDER =
            WatermarkOptions.outOfOrderBy(Duration.ZERO).withIdleTimeout(FOR_EVER);
    private static final WatermarkOptions SOON_IDLE =
            IN_ORDER.withIdleTimeout(Duration.ofMillis(20));
    private static final WatermarkOptions BY_FIVE = WatermarkOptions.outOfOrderBy(seconds(5));

    private static Keyed<String, String> all(String result) {
        return new Keyed<>("ALL", result);
    }

    private static Stream<Keyed<String, Event>> timed(
            Stream<Keyed<String, Event>> pairs, WatermarkOptions time) {
        return pairs.watermark("time", pair -> pair.value().at(), time);
    }

    private static WindowOut<String, Event, String> names(
            Stream<Keyed<String, Event>> pairs, Windower<?> windower) {
        return names(
                pairs.<String>keyOn("key", Keyed::key).mapValue("event", Keyed::value), windower);
    }

    private static WindowOut<String, Event, String> names(
            KeyedStream<String, Event> events, Windower<?> windower) {
        return events.foldWindow(
                "names",
                StreamClock.of(Event::at),
                windower,
                () -> "",
                (names, event) -> names + event.name(),
                (left, right) -> left + right);
    }

    @Test
    void timeOfTheStreamMakesValuesOfAllKeysLate() {
        given(
                        event("a", "x", 1),
                        event("b", "y", 2),
                        event("c", "z", 15),
                        event("a", "l", 3),
                        event("d", "l", 9))
                .throughKeyed(pairs -> late(names(timed(pairs, BY_FIVE), TENS)))
                .inModes(mode -> mode.epochAfterEachBatch() && mode.sourceBatchItems() == 1)
                .expect(new Keyed<>("a", "0 l"), new Keyed<>("d", "0 l"));
    }

    @Test
    void timeOfAKeyedStreamMakesValuesOfAllKeysLate() {
        givenKeyed(
                        event("a", "x", 1),
                        event("b", "y", 2),
                        event("c", "z", 15),
                        event("a", "l", 3),
                        crash(),
                        event("d", "l", 9))
                .through(events -> late(names(events.watermark("time", Event::at, BY_FIVE), TENS)))
                .inModes(mode -> mode.epochAfterEachBatch() && mode.sourceBatchItems() == 1)
                .expect(new Keyed<>("a", "0 l"), new Keyed<>("d", "0 l"));
    }

    @Test
    void historyGivesTheSameWindowsAtAnySpeed() {
        given(
                        event("a", "1", 1),
                        event("b", "2", 9),
                        event("a", "3", 5),
                        event("b", "4", 12),
                        event("a", "5", 8),
                        event("b", "6", 25),
                        event("a", "7", 21))
                .throughKeyed(pairs -> results(names(timed(pairs, BY_FIVE), TENS)))
                .expect(
                        new Keyed<>("a", "0 135"),
                        new Keyed<>("a", "2 7"),
                        new Keyed<>("b", "0 2"),
                        new Keyed<>("b", "1 4"),
                        new Keyed<>("b", "2 6"));
    }

    @Test
    void sessionsCloseAfterTheGap() {
        given(event("a", "1", 0), event("a", "2", 5), event("b", "3", 30), event("a", "4", 29))
                .throughKeyed(pairs -> results(names(timed(pairs, BY_FIVE), SESSIONS)))
                .expect(new Keyed<>("a", "0 12"), new Keyed<>("a", "1 4"), new Keyed<>("b", "0 3"));
    }

    @Test
    void streamWithoutTimeClosesAtTheEndOnly() {
        givenKeyed(event("1", 1), event("2", 50), event("3", 2))
                .through(events -> results(names(events, TENS)))
                .expect(all("0 13"), all("5 2"));
    }

    @Test
    void resultsAreInTimeForWindowsOfThemInOrder() {
        expectWindowsOfWindows(WindowOptions.ordered());
    }

    @Test
    void resultsAreInTimeForWindowsOfThemAsTheyCome() {
        expectWindowsOfWindows(WindowOptions.unordered());
    }

    /** A result is of the last moment of its window: a mark later it would be late. */
    private void expectWindowsOfWindows(WindowOptions options) {
        given(
                        event("a", "1", 1),
                        event("b", "2", 9),
                        event("a", "3", 11),
                        event("b", "4", 19),
                        event("c", "5", 21),
                        event("a", "6", 32))
                .throughKeyed(pairs -> counted(names(timed(pairs, IN_ORDER), TENS).with(options)))
                .expect(all("0 2"), all("1 2"), all("2 1"), all("3 1"));
    }

    private static KeyedStream<String, String> counted(WindowOut<String, Event, String> windows) {
        WindowOut<String, WindowResult<String>, Long> counts =
                windows.down()
                        .map("window", (key, result) -> result)
                        .<String>keyOn("all", result -> "ALL")
                        .countWindow(
                                "count",
                                StreamClock.of(result -> result.close().minusNanos(1_000)),
                                TENS);
        return results(counts)
                .merge("told", counts.late().mapValue("late", late -> "late " + late.windowId()));
    }

    /** Adds the inputs, and their time. */
    private interface Inputs {
        Stream<Keyed<String, Event>> add(Dataflow flow);
    }

    /**
     * Runs windows of ten seconds, and tells results as {@code id names}, late values as {@code
     * late id name}, and each item by its name where it is seen before the windows.
     */
    private static List<String> told(SpecWorld world, Inputs inputs) throws Exception {
        var out = new TestSink<String>();
        var flow = Dataflow.named("flow");
        Stream<Keyed<String, Event>> pairs = inputs.add(flow);
        WindowOut<String, Event, String> windows = names(pairs, TENS);
        results(windows)
                .<String>map("result-text", (key, text) -> text)
                .merge(
                        "told",
                        late(windows).map("late-text", (key, text) -> "late " + text),
                        pairs.map("seen", pair -> pair.value().name()))
                .output("out", out);
        world.run(flow);
        return out.committed();
    }

    private static List<String> ofWindows(List<String> told) {
        return told.stream().filter(text -> text.contains(" ")).toList();
    }

    private static TestSource<Keyed<String, Event>> source(SpecWorld world, Object... elements) {
        return partitions(world, List.of(elements));
    }

    @SafeVarargs
    private static TestSource<Keyed<String, Event>> partitions(
            SpecWorld world, List<Object>... elements) {
        Map<String, List<Object>> byName = new LinkedHashMap<>();
        for (List<Object> partition : elements) {
            byName.put("part" + byName.size(), partition);
        }
        return TestSource.<Keyed<String, Event>>partitions(byName).withClock(world.clock());
    }

    @Test
    void windowOfASilentKeyClosesWithTheStream() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var source =
                            source(
                                    world,
                                    event("silent", "x", 1),
                                    event("other", "y", 15),
                                    pause(LATER),
                                    event("other", "z", 16));

                    List<String> told =
                            told(world, flow -> timed(flow.input("in", source), IN_ORDER));

                    assertThat(told).containsSubsequence("0 x", "z");
                });
    }

    @Test
    void partitionThatIsBehindHoldsTheTime() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var source =
                            partitions(
                                    world,
                                    List.of(event("x", 1), event("y", 15), event("z", 30)),
                                    List.of(pause(LATER), event("w", 2)));

                    List<String> told =
                            told(world, flow -> timed(flow.input("in", source), IN_ORDER));

                    assertThat(told).containsSubsequence("z", "w");
                    assertThat(ofWindows(told)).containsExactly("0 xw", "1 y", "3 z");
                });
    }

    @Test
    void partitionThatHasEndedHoldsTheTimeNoMore() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var source =
                            partitions(
                                    world,
                                    List.of(pause(LATER), event("w", 2)),
                                    List.of(
                                            event("x", 1),
                                            event("y", 15),
                                            pause(LATER.multipliedBy(2)),
                                            event("z", 16)));

                    List<String> told =
                            told(world, flow -> timed(flow.input("in", source), IN_ORDER));

                    assertThat(told).containsSubsequence("0 xw", "z");
                    assertThat(ofWindows(told)).containsExactly("0 xw", "1 yz");
                });
    }

    @Test
    void idlePartitionHoldsTheTimeNoMore() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var source =
                            partitions(
                                    world,
                                    List.of(
                                            event("x", 1),
                                            pause(LATER),
                                            event("y", 15),
                                            pause(LATER),
                                            event("z", 16)),
                                    List.of(pause(LATER.multipliedBy(4)), event("w", 2)));

                    List<String> told =
                            told(world, flow -> timed(flow.input("in", source), SOON_IDLE));

                    assertThat(told).containsSubsequence("0 x", "z", "late 0 w");
                    assertThat(ofWindows(told))
                            .containsExactlyInAnyOrder("0 x", "late 0 w", "1 yz");
                });
    }

    @Test
    void partitionThatComesBackHoldsTheTimeAgain() {
        inVirtualTime(
                world -> {
                    var source =
                            partitions(
                                    world,
                                    List.of(
                                            event("x", 1),
                                            pause(seconds(15)),
                                            event("y", 15),
                                            pause(seconds(10)),
                                            event("z", 40)),
                                    List.of(
                                            pause(seconds(20)),
                                            event("w", 17),
                                            pause(seconds(6)),
                                            event("u", 18)));
                    WatermarkOptions time = IN_ORDER.withIdleTimeout(seconds(10));

                    List<String> told = told(world, flow -> timed(flow.input("in", source), time));

                    assertThat(told).containsSubsequence("0 x", "w", "z", "u");
                    assertThat(ofWindows(told)).containsExactly("0 x", "1 ywu", "4 z");
                });
    }

    /* Only there is it certain what happens within a time-out. */
    private void inVirtualTime(Body body) {
        inModes(
                SpecMode::isPlain,
                world -> {
                    if (world.clock() instanceof ManualClock) {
                        body.run(world);
                    }
                });
    }

    @Test
    void timeStandsStillWhileAllPartitionsAreIdle() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var source = source(world, event("x", 1), pause(LATER), event("y", 9));

                    List<String> told =
                            told(world, flow -> timed(flow.input("in", source), SOON_IDLE));

                    assertThat(ofWindows(told)).containsExactly("0 xy");
                });
    }

    @Test
    void whenAllPartitionsAreIdleTimeIsThatOfTheOneAheadWhichFellSilentFirst() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var source =
                            partitions(
                                    world,
                                    List.of(
                                            event("a", "x", 1),
                                            event("a", "y", 26),
                                            pause(LATER.multipliedBy(4)),
                                            event("a", "z", 27)),
                                    List.of(event("b", "w", 2), pause(LATER)));

                    List<String> told =
                            told(world, flow -> timed(flow.input("in", source), SOON_IDLE));

                    assertThat(told)
                            .containsSubsequence("0 x", "z")
                            .containsSubsequence("0 w", "z");
                    assertThat(ofWindows(told)).containsExactlyInAnyOrder("0 x", "0 w", "2 yz");
                });
    }

    @Test
    void whatComesBackBehindTheOneAheadIsLate() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var source =
                            partitions(
                                    world,
                                    List.of(
                                            event("a", "x", 1),
                                            event("a", "y", 26),
                                            pause(LATER.multipliedBy(6))),
                                    List.of(
                                            event("b", "w", 2),
                                            pause(LATER.multipliedBy(3)),
                                            event("b", "v", 5)));

                    List<String> told =
                            told(world, flow -> timed(flow.input("in", source), SOON_IDLE));

                    assertThat(ofWindows(told))
                            .containsExactlyInAnyOrder("0 x", "0 w", "late 0 v", "2 y");
                });
    }

    @Test
    void whenAllMergedInputsAreIdleTimeIsThatOfTheOneAhead() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var ahead =
                            source(
                                    world,
                                    event("a", "x", 1),
                                    event("a", "y", 26),
                                    pause(LATER.multipliedBy(4)),
                                    event("a", "z", 27));
                    var behind = source(world, event("b", "w", 2), pause(LATER));

                    List<String> told = told(world, merged(SOON_IDLE, ahead, behind));

                    assertThat(told)
                            .containsSubsequence("0 x", "z")
                            .containsSubsequence("0 w", "z");
                    assertThat(ofWindows(told)).containsExactlyInAnyOrder("0 x", "0 w", "2 yz");
                });
    }

    @Test
    void inputThatHasEndedAheadCountsWhenTheOthersAreIdle() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var ahead = source(world, event("a", "x", 1), event("a", "y", 26));
                    var behind =
                            source(
                                    world,
                                    event("b", "w", 2),
                                    pause(LATER.multipliedBy(4)),
                                    event("b", "v", 27));

                    List<String> told = told(world, merged(SOON_IDLE, ahead, behind));

                    assertThat(told)
                            .containsSubsequence("0 x", "v")
                            .containsSubsequence("0 w", "v");
                });
    }

    @Test
    void restartDoesNotLoseHowFarTheOneAheadHadCome() {
        inModes(
                mode ->
                        mode.epochAfterEachBatch()
                                && !mode.restoreAfterEachBatch()
                                && mode.sourceBatchItems() == 1,
                world -> {
                    var source =
                            partitions(
                                    world,
                                    List.of(
                                            event("a", "x", 1),
                                            event("a", "y", 26),
                                            crash(),
                                            pause(LATER.multipliedBy(2)),
                                            event("a", "z", 27)),
                                    List.of(event("b", "w", 2), pause(LATER)));

                    List<String> told =
                            told(world, flow -> timed(flow.input("in", source), SOON_IDLE));

                    assertThat(told)
                            .containsSubsequence("0 x", "z")
                            .containsSubsequence("0 w", "z");
                    assertThat(ofWindows(told)).containsExactlyInAnyOrder("0 x", "0 w", "2 yz");
                });
    }

    @Test
    void restartDoesNotLoseHowFarTheOneAheadHadComeWhileTheOthersWereWaitedFor() {
        inModes(
                mode ->
                        mode.epochAfterEachBatch()
                                && !mode.restoreAfterEachBatch()
                                && mode.sourceBatchItems() == 1,
                world -> {
                    if (!(world.clock() instanceof ManualClock)) {
                        return;
                    }
                    var source =
                            partitions(
                                    world,
                                    List.of(
                                            event("a", "x", 1),
                                            event("a", "y", 26),
                                            crash(),
                                            pause(seconds(400)),
                                            event("a", "z", 27)),
                                    List.of(event("b", "w", 2), pause(seconds(800))));
                    WatermarkOptions time = IN_ORDER.withIdleTimeout(seconds(100));

                    List<String> told = told(world, flow -> timed(flow.input("in", source), time));

                    assertThat(told)
                            .containsSubsequence("0 x", "z")
                            .containsSubsequence("0 w", "z");
                    assertThat(ofWindows(told)).containsExactlyInAnyOrder("0 x", "0 w", "2 yz");
                });
    }

    private static Inputs merged(
            WatermarkOptions time,
            TestSource<Keyed<String, Event>> left,
            TestSource<Keyed<String, Event>> right) {
        return flow ->
                flow.input("left", left)
                        .watermark("left-time", pair -> pair.value().at(), time)
                        .merge(
                                "both",
                                flow.input("right", right)
                                        .watermark("right-time", pair -> pair.value().at(), time));
    }

    @Test
    void mergedInputThatIsBehindHoldsTheTime() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var ahead = source(world, event("x", 1), event("y", 15), event("z", 30));
                    var behind = source(world, pause(LATER), event("w", 2));

                    List<String> told = told(world, merged(IN_ORDER, ahead, behind));

                    assertThat(told).containsSubsequence("z", "w");
                    assertThat(ofWindows(told)).containsExactly("0 xw", "1 y", "3 z");
                });
    }

    @Test
    void idleMergedInputHoldsTheTimeNoMore() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var busy =
                            source(
                                    world,
                                    event("x", 1),
                                    pause(LATER),
                                    event("y", 15),
                                    pause(LATER),
                                    event("z", 16));
                    var idle = source(world, pause(LATER.multipliedBy(4)), event("w", 2));

                    List<String> told = told(world, merged(SOON_IDLE, busy, idle));

                    assertThat(told).containsSubsequence("0 x", "z", "late 0 w");
                    assertThat(ofWindows(told))
                            .containsExactlyInAnyOrder("0 x", "late 0 w", "1 yz");
                });
    }

    @Test
    void mergedInputThatHasEndedHoldsTheTimeNoMore() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var ended = source(world, pause(LATER), event("w", 2));
                    var lasting =
                            source(
                                    world,
                                    event("x", 1),
                                    event("y", 15),
                                    pause(LATER.multipliedBy(2)),
                                    event("z", 16));

                    List<String> told = told(world, merged(IN_ORDER, lasting, ended));

                    assertThat(told).containsSubsequence("0 xw", "z");
                    assertThat(ofWindows(told)).containsExactly("0 xw", "1 yz");
                });
    }
}
