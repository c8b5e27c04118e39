package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.endOfInput;
import static dev.waxwing.testing.TestItems.keyed;
import static dev.waxwing.testing.TestItems.pause;
import static dev.waxwing.testing.operators.StatefulFlows.flow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Keyed;
import dev.waxwing.join.Interval;
import dev.waxwing.join.JoinOptions;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.StateOptions;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.operators.StatefulFlows.TextSteps;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowOptions;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * State that is kept for a while, on any runner: the time for which a dataflow is stopped does not
 * count, so that a backlog finds what it left.
 */
public abstract class StoppedTimeSpec extends OperatorSpec {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAYS = Duration.ofDays(3);

    @Test
    void timeToLiveOfStateDoesNotCountTheTimeOfAStop() {
        inEachMode(
                world -> {
                    var out = new TestSink<Keyed<String, String>>();
                    var source =
                            world.<Keyed<String, Integer>>source(
                                    keyed("a", 1), endOfInput(), keyed("a", 2), keyed("a", 3));
                    runBeforeAndAfterAStop(world, source, sums(HOUR), out);

                    assertThat(out.committed())
                            .containsExactly(keyed("a", "1"), keyed("a", "3"), keyed("a", "6"));
                });
    }

    @Test
    void timeToLiveOfSeveralExecutionsAddsUp() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var out = new TestSink<Keyed<String, String>>();
                    Duration half = Duration.ofMillis(300);
                    var source =
                            world.<Keyed<String, Integer>>source(
                                    keyed("a", 1),
                                    pause(half),
                                    endOfInput(),
                                    pause(half),
                                    keyed("a", 2));
                    runBeforeAndAfterAStop(world, source, sums(Duration.ofMillis(500)), out);

                    assertThat(out.committed()).containsExactly(keyed("a", "1"), keyed("a", "2"));
                });
    }

    @Test
    void timeToLiveOfAJoinDoesNotCountTheTimeOfAStop() {
        inEachMode(
                world -> {
                    var out = new TestSink<Keyed<String, String>>();
                    var source =
                            world.<Keyed<String, Integer>>source(
                                    keyed("a", 1), endOfInput(), keyed("a", -1));
                    runBeforeAndAfterAStop(
                            world,
                            source,
                            pairs ->
                                    pairs.filterValue("left", n -> n >= 0)
                                            .join(
                                                    "step",
                                                    pairs.filterValue("right", n -> n < 0),
                                                    JoinOptions.complete().withTimeToLive(HOUR))
                                            .mapValue(
                                                    "text",
                                                    row -> row.first() + " " + row.second()),
                            out);

                    assertThat(out.committed()).containsExactly(keyed("a", "1 -1"));
                });
    }

    @Test
    void valuesThatAreLateBeforeAStopAreLateAfterIt() {
        inEachMode(
                world -> {
                    var out = new TestSink<Keyed<String, String>>();
                    var source =
                            world.<Keyed<String, Integer>>source(
                                    keyed("a", 100), endOfInput(), keyed("a", 50));
                    runBeforeAndAfterAStop(
                            world,
                            source,
                            pairs ->
                                    pairs.countWindow(
                                                    "step",
                                                    clock(),
                                                    TumblingWindower.of(Duration.ofSeconds(10)))
                                            .with(WindowOptions.unordered().withRetention(HOUR))
                                            .late()
                                            .mapValue("text", late -> "late " + late.value()),
                            out);

                    assertThat(out.committed()).containsExactly(keyed("a", "late 50"));
                });
    }

    @Test
    void valuesOfAnIntervalJoinThatAreLateBeforeAStopAreLateAfterIt() {
        inEachMode(
                world -> {
                    var out = new TestSink<Keyed<String, String>>();
                    var source =
                            world.<Keyed<String, Integer>>source(
                                    keyed("a", 100), endOfInput(), keyed("a", 50));
                    runBeforeAndAfterAStop(
                            world,
                            source,
                            pairs ->
                                    pairs.intervalJoin(
                                                    "step",
                                                    clock(),
                                                    pairs.filterValue("right", n -> n < 0),
                                                    Interval.within(HOUR).withRetention(HOUR))
                                            .late()
                                            .mapValue("text", late -> "late " + late.value()),
                            out);

                    assertThat(out.committed()).containsExactly(keyed("a", "late 50"));
                });
    }

    private static EventClock<Object> clock() {
        return EventClock.of(
                        (Object second) -> Instant.ofEpochSecond((Integer) second), Duration.ZERO)
                .withoutIdleAdvance();
    }

    private static TextSteps sums(Duration timeToLive) {
        return pairs ->
                pairs.statefulMap(
                        "sum", StoppedTimeSpec::add, StateOptions.expireAfter(timeToLive));
    }

    private static StateUpdate<Integer, String> add(@Nullable Integer sum, Integer n) {
        int next = (sum == null ? 0 : sum) + n;
        return StateUpdate.keep(next, "" + next);
    }

    private static void runBeforeAndAfterAStop(
            SpecWorld world,
            TestSource<Keyed<String, Integer>> source,
            TextSteps steps,
            TestSink<Keyed<String, String>> out)
            throws Exception {
        world.run(flow(source, steps, out));
        world.rest(DAYS);
        world.run(flow(source.withClock(world.clock()), steps, out));
    }
}
