package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.endOfInput;
import static dev.waxwing.testing.TestItems.keyed;
import static dev.waxwing.testing.operators.StatefulFlows.flow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.join.Interval;
import dev.waxwing.join.JoinOptions;
import dev.waxwing.join.JoinOptions.Emit;
import dev.waxwing.join.JoinOptions.Insert;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.StateOptions;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.operators.StatefulFlows.TextSteps;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.ClockLogic;
import dev.waxwing.windowing.CountWindower;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.SlidingWindower;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.Windower;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What becomes of stored state when a setting of its step changes, on any runner: refused if the
 * meaning of what is stored depends on it, followed from then on if not.
 */
public abstract class StateSettingsSpec extends OperatorSpec {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final TumblingWindower MINUTES = TumblingWindower.of(MINUTE);

    @Test
    void lengthOfWindowsIsRefused() {
        isRefused(
                windows(MINUTES),
                windows(TumblingWindower.of(HOUR)),
                "state 'windows' of step 'flow.step'",
                "the length of windows was PT1M and is now PT1H",
                "set it back");
    }

    @Test
    void offsetOfWindowsIsRefused() {
        isRefused(
                windows(MINUTES),
                windows(SlidingWindower.of(MINUTE, Duration.ofSeconds(30))),
                "the offset of windows was PT1M and is now PT30S");
    }

    @Test
    void alignmentOfWindowsIsRefused() {
        isRefused(
                windows(MINUTES),
                windows(MINUTES.alignedTo(Instant.ofEpochSecond(7))),
                "the alignment of windows was 1970-01-01T00:00:00Z and is now"
                        + " 1970-01-01T00:00:07Z");
    }

    @Test
    void operatorOfWindowsIsRefused() {
        TextSteps greatest =
                pairs ->
                        pairs.maxWindow("step", clock(), MINUTES, Integer::compare)
                                .down()
                                .mapValue("text", result -> "" + result.value());
        TextSteps least =
                pairs ->
                        pairs.minWindow("step", clock(), MINUTES, Integer::compare)
                                .down()
                                .mapValue("text", result -> "" + result.value());
        isRefused(
                greatest,
                least,
                "state 'windows' of step 'flow.step'",
                "the operator was maxWindow and is now minWindow",
                "set it back");
        isRefused(windows(MINUTES), greatest, "the operator was countWindow and is now maxWindow");
    }

    @Test
    void kindOfWindowsIsRefused() {
        isRefused(
                windows(SessionWindower.of(MINUTE)),
                windows(CountWindower.of(3)),
                "the kind of windows was sessions and is now by count");
    }

    @Test
    void lengthOfWindowsByCountIsRefused() {
        isRefused(
                windows(CountWindower.of(3)),
                windows(CountWindower.of(4)),
                "the length of windows was 3 and is now 4");
    }

    @Test
    void slidingWindowsThatDoNotOverlapAreTumblingOnes() {
        isTaken(windows(MINUTES), windows(MINUTES.toSliding()), "1", "2");
    }

    @Test
    void kindOfTheClockIsRefused() {
        isRefused(
                windows(MINUTES),
                pairs -> counts(pairs, new StandingClock(), MINUTES, WindowOptions.unordered()),
                "the clock was " + EventClock.class.getName() + " and is now ",
                StandingClock.class.getName());
    }

    @Test
    void whichValuesAJoinKeepsIsRefused() {
        isRefused(
                joined(JoinOptions.of(Insert.LAST, Emit.COMPLETE)),
                joined(JoinOptions.of(Insert.FIRST, Emit.COMPLETE)),
                "insert mode of the join was LAST and is now FIRST");
    }

    @Test
    void whenAJoinEmitsIsRefused() {
        isRefused(
                joined(JoinOptions.of(Insert.LAST, Emit.COMPLETE).withTimeToLive(HOUR)),
                joined(JoinOptions.of(Insert.LAST, Emit.RUNNING).withTimeToLive(HOUR)),
                "the emit mode of the join was COMPLETE and is now RUNNING");
    }

    @Test
    void sidesOfAJoinInAnotherOrderAreRefused() {
        String words = "the order of the sides was flow.left, flow.right and is now flow.right";
        isRefused(
                joined("left", "right"),
                pairs -> joined(negative(pairs, "right"), positive(pairs, "left")),
                words);
        Interval interval = Interval.within(MINUTE);
        isRefused(
                near(clock(), interval),
                pairs -> near(negative(pairs, "right"), positive(pairs, "left"), clock(), interval),
                words);
    }

    @Test
    void stepsBeforeAJoinMayBeRenamed() {
        isTaken(joined("left", "right"), joined("first", "second"), "1 -1");
        isTaken(joined("left", "right"), joined("left", "left2"), "1 -1");
    }

    @Test
    void clockOfAnIntervalJoinIsRefused() {
        isRefused(
                near(clock(), Interval.within(MINUTE)),
                near(new StandingClock(), Interval.within(MINUTE)),
                "the clock was ");
    }

    @Test
    void timeToLiveOfAJoinMayChange() {
        isTaken(
                joined(JoinOptions.complete().withTimeToLive(HOUR)),
                joined(JoinOptions.complete().withTimeToLive(MINUTE)),
                "1 -1");
    }

    @Test
    void timeToLiveOfAJoinMayBeAddedAndTakenAway() {
        isTaken(
                joined(JoinOptions.complete().withTimeToLive(HOUR)),
                joined(JoinOptions.complete()),
                "1 -1");
        isTaken(
                joined(JoinOptions.complete()),
                joined(JoinOptions.complete().withTimeToLive(HOUR)),
                "1 -1");
    }

    @Test
    void timeToLiveOfStateMayBeAddedAndTakenAway() {
        StateOptions expiring = StateOptions.expireAfter(HOUR);
        TextSteps forEver = pairs -> pairs.statefulMap("step", StateSettingsSpec::add);
        TextSteps forAnHour = pairs -> pairs.statefulMap("step", StateSettingsSpec::add, expiring);

        isTaken(forEver, forAnHour, "1", "0", "2");
        isTaken(forAnHour, forEver, "1", "0", "2");
    }

    @Test
    void timeToLiveOfDistinctKeysMayBeAddedAndTakenAway() {
        StateOptions expiring = StateOptions.expireAfter(HOUR);
        TextSteps forEver = pairs -> pairs.distinct("step").mapValue("text", n -> "" + n);
        TextSteps forAnHour =
                pairs -> pairs.distinct("step", expiring).mapValue("text", n -> "" + n);

        isTaken(forEver, forAnHour, "1");
        isTaken(forAnHour, forEver, "1");
    }

    @Test
    void limitMayChange() {
        isTaken(limited(1), limited(2), "1", "-1");
        isTaken(limited(2), limited(1), "1");
    }

    private static TextSteps limited(long valuesMax) {
        return pairs -> pairs.limit("step", valuesMax).mapValue("text", n -> "" + n);
    }

    private static StateUpdate<Sum, String> add(@Nullable Sum sum, Integer n) {
        Sum next = new Sum((sum == null ? 0 : sum.total()) + n);
        return StateUpdate.keep(next, "" + next.total());
    }

    /** A state with something in it, as that of the step is a record, too. */
    private record Sum(int total) {}

    @Test
    void intervalMayChange() {
        isTaken(
                near(clock(), Interval.within(MINUTE)),
                near(clock(), Interval.within(HOUR).withRetention(HOUR)),
                "Match[left=2, right=-1]");
    }

    @Test
    void gapOfSessionsMayChange() {
        isTaken(windows(SessionWindower.of(MINUTE)), windows(SessionWindower.of(HOUR)), "1", "2");
    }

    @Test
    void waitOfTheClockAndRetentionMayChange() {
        isTaken(
                windows(MINUTES),
                pairs ->
                        counts(
                                pairs,
                                EventClock.of(StateSettingsSpec::at, HOUR).withoutIdleAdvance(),
                                MINUTES,
                                WindowOptions.unordered().withRetention(HOUR)),
                "1",
                "2");
    }

    /** A clock that stands still. */
    private record StandingClock() implements Clock<Object, Long> {

        private static final long serialVersionUID = 1L;

        @Override
        public ClockLogic<Object, Long> build(LogicContext<?> context, @Nullable Long resumeState) {
            return new ClockLogic<>() {
                @Override
                public long onItem(Object value) {
                    return 0;
                }

                @Override
                public long watermark() {
                    return Micros.START_OF_TIME;
                }

                @Override
                public Long snapshot() {
                    return 0L;
                }
            };
        }
    }

    private static Instant at(Object second) {
        return Instant.ofEpochSecond(Math.abs((Integer) second));
    }

    private static EventClock<Object> clock() {
        return EventClock.of(StateSettingsSpec::at, Duration.ZERO).withoutIdleAdvance();
    }

    private static TextSteps windows(Windower<?> windower) {
        return pairs -> counts(pairs, clock(), windower, WindowOptions.unordered());
    }

    private static KeyedStream<String, String> counts(
            KeyedStream<String, Integer> pairs,
            Clock<Object, ?> clock,
            Windower<?> windower,
            WindowOptions options) {
        return pairs.countWindow("step", clock, windower)
                .with(options)
                .down()
                .mapValue("text", result -> "" + result.value());
    }

    private static TextSteps joined(JoinOptions options) {
        return pairs ->
                pairs.filterValue("left", n -> n >= 0)
                        .join("step", pairs.filterValue("right", n -> n < 0), options)
                        .mapValue("text", row -> row.first() + " " + row.second());
    }

    private static TextSteps joined(String left, String right) {
        return pairs -> joined(positive(pairs, left), negative(pairs, right));
    }

    private static KeyedStream<String, String> joined(
            KeyedStream<String, Integer> left, KeyedStream<String, Integer> right) {
        return left.join("step", right, JoinOptions.complete())
                .mapValue("text", row -> row.first() + " " + row.second());
    }

    private static TextSteps near(Clock<Object, ?> clock, Interval interval) {
        return pairs -> near(positive(pairs, "left"), negative(pairs, "right"), clock, interval);
    }

    private static KeyedStream<String, String> near(
            KeyedStream<String, Integer> left,
            KeyedStream<String, Integer> right,
            Clock<Object, ?> clock,
            Interval interval) {
        return left.intervalJoin("step", clock, right, interval)
                .down()
                .mapValue("text", match -> "" + match);
    }

    private static KeyedStream<String, Integer> positive(
            KeyedStream<String, Integer> pairs, String name) {
        return pairs.filterValue(name, n -> n >= 0);
    }

    private static KeyedStream<String, Integer> negative(
            KeyedStream<String, Integer> pairs, String name) {
        return pairs.filterValue(name, n -> n < 0);
    }

    private void isRefused(TextSteps before, TextSteps after, String... words) {
        inEachMode(
                world -> {
                    var out = new TestSink<Keyed<String, String>>();
                    var source =
                            world.<Keyed<String, Integer>>source(
                                    keyed("a", 1), endOfInput(), keyed("a", 2));
                    world.run(flow(source, before, out));

                    var failure =
                            assertThatThrownBy(() -> world.run(flow(source, after, out)))
                                    .as("after %s", out.committed());
                    for (String each : words) {
                        failure.hasStackTraceContaining(each);
                    }
                    world.run(flow(source, before, out));
                });
    }

    private void isTaken(TextSteps before, TextSteps after, String... results) {
        inEachMode(
                world -> {
                    var out = new TestSink<Keyed<String, String>>();
                    var source =
                            world.<Keyed<String, Integer>>source(
                                    keyed("a", 1), endOfInput(), keyed("a", -1), keyed("a", 2));
                    world.run(flow(source, before, out));
                    world.run(flow(source, after, out));

                    assertThat(out.committed()).extracting(Keyed::value).containsExactly(results);
                });
    }
}
