package dev.waxwing.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.WindowOut;
import dev.waxwing.kernel.Emitter;
import dev.waxwing.state.LogicContext;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.ClockLogic;
import dev.waxwing.windowing.CountWindower;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.LateValue;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.SystemClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowLogic;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.Windower;
import dev.waxwing.windowing.WindowerLogic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one key of a window step does; values are seconds, windows hold ten. */
final class WindowStepTest {

    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);
    private static final TumblingWindower TENS = TumblingWindower.of(seconds(10));
    private static final SessionWindower SESSIONS = SessionWindower.of(seconds(10));

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static EventClock<Integer> waiting(Duration wait) {
        return EventClock.of(Instant::ofEpochSecond, wait);
    }

    private static EventClock<Integer> waiting(int seconds) {
        return waiting(seconds(seconds)).withoutIdleAdvance();
    }

    private static Operator<KeyedStream<String, Integer>, WindowOut<String, Integer, List<Integer>>>
            lists(Clock<? super Integer, ?> clock, Windower<?> windower) {
        return Windows.collect(clock, windower, Into.list());
    }

    private static Operator<KeyedStream<String, Integer>, WindowOut<String, Integer, Integer>> sums(
            Clock<? super Integer, ?> clock, Windower<?> windower) {
        return Windows.reduce(clock, windower, Integer::sum);
    }

    @Test
    void w26_valueBehindTheWatermarkIsLate() {
        var driver = WindowDriver.of(lists(waiting(0), TENS)).take(15, 14).endOfInput();

        assertThat(driver.late).containsExactly(new LateValue<>(1, 14));
        assertThat(driver.results()).containsExactly("1:[15]");
    }

    @Test
    void w27_valueAtTheWatermarkIsNotLate() {
        var driver = WindowDriver.of(lists(waiting(5), TENS)).take(15, 10).endOfInput();

        assertThat(driver.late).isEmpty();
        assertThat(driver.results()).containsExactly("1:[10, 15]");
    }

    @Test
    void valueWaitsUntilTheWatermarkHasPassedIt() {
        var driver = WindowDriver.of(lists(waiting(5), TENS)).take(2, 12, 11, 16, 17, 25);

        assertThat(driver.results()).containsExactly("0:[2]", "1:[11, 12, 16, 17]");
    }

    @Test
    void valuesOfOneTimeStayInOrderOfArrival() {
        var driver =
                WindowDriver.of(
                        Windows.<String, String, List<String>>collect(
                                EventClock.of(
                                        text -> Instant.ofEpochSecond(text.charAt(0) - '0'),
                                        FOR_EVER),
                                TENS,
                                Into.list()));

        driver.take("3x", "1x", "3a", "1a", "3b").endOfInput();

        assertThat(driver.results()).containsExactly("0:[1x, 1a, 3x, 3a, 3b]");
    }

    @Test
    void unorderedValuesAreTakenAsTheyCome() {
        var driver =
                WindowDriver.of(lists(waiting(FOR_EVER), TENS), WindowOptions.unordered())
                        .take(0, 8, 4)
                        .endOfInput();

        assertThat(driver.results()).containsExactly("0:[0, 8, 4]");
    }

    @Test
    void lateValueStaysLateAfterTheLastWindowHasClosed() {
        var driver = WindowDriver.of(sums(waiting(0), TENS)).take(1).pause(seconds(1)).take(20);
        driver.take(30).endOfInput().take(5);

        assertThat(driver.results()).containsExactly("0:1", "2:20", "3:30");
        assertThat(driver.late).containsExactly(new LateValue<>(0, 5));
    }

    @Test
    void keyIsAsNewAfterTheRetention() {
        var options = WindowOptions.unordered().withRetention(seconds(60));
        var driver = WindowDriver.of(sums(waiting(seconds(0)), TENS), options).take(15);
        driver.pause(seconds(5));
        assertThat(driver.results()).containsExactly("1:15");

        driver.pause(seconds(59)).take(3);
        assertThat(driver.late).hasSize(1);
        driver.pause(seconds(1));
        assertThat(driver.isKept()).isFalse();
        driver.take(3).endOfInput();

        assertThat(driver.results()).containsExactly("1:15", "0:3");
    }

    @Test
    void sessionsOfAKeyAreForgottenAfterTheRetention() {
        var options = WindowOptions.unordered().withRetention(seconds(60));
        var driver = WindowDriver.of(sums(waiting(0), SESSIONS), options).take(1).endOfInput();

        driver.pause(Duration.ofMillis(59_999));
        assertThat(driver.isKept()).isTrue();
        driver.pause(Duration.ofMillis(1));
        assertThat(driver.isKept()).isFalse();

        assertThat(driver.take(100).endOfInput().results()).containsExactly("0:1", "0:100");
    }

    @Test
    void retentionGoesOnOverARestart() {
        var options = WindowOptions.unordered().withRetention(seconds(60));
        var driver = WindowDriver.of(sums(waiting(0), TENS), options).take(15).endOfInput();

        driver.pause(seconds(30)).restart().pause(seconds(29));
        assertThat(driver.isKept()).isTrue();

        driver.pause(seconds(1));
        assertThat(driver.isKept()).isFalse();
    }

    @Test
    void newWindowEndsTheRetention() {
        var options = WindowOptions.unordered().withRetention(seconds(60));
        var driver = WindowDriver.of(sums(waiting(0), TENS), options).take(15).endOfInput();

        driver.pause(seconds(30)).take(100).pause(seconds(40));

        assertThat(driver.isKept()).isTrue();
        driver.endOfInput().pause(seconds(59));
        assertThat(driver.isKept()).isTrue();
    }

    @Test
    void retentionOfZeroForgetsAtOnceAndForEverNever() {
        var none = WindowOptions.unordered().withRetention(Duration.ZERO);
        var all = WindowOptions.unordered().withRetention(FOR_EVER);

        assertThat(WindowDriver.of(sums(waiting(0), TENS), none).take(1).endOfInput().isKept())
                .isFalse();
        assertThat(
                        WindowDriver.of(sums(waiting(0), TENS), all)
                                .take(1)
                                .endOfInput()
                                .pause(Duration.ofDays(365_000))
                                .isKept())
                .isTrue();
    }

    @Test
    void nothingIsKeptOfAKeyWhoseClockKnowsNothing() {
        var driver = WindowDriver.of(sums(SystemClock.now(), TENS)).take(1).endOfInput();

        assertThat(driver.isKept()).isFalse();
    }

    @Test
    void sessionIdsAreNotUsedAgainWhileTheKeyIsKept() {
        var driver = WindowDriver.of(sums(waiting(0), SESSIONS)).take(1).endOfInput();

        driver.restart().take(100).endOfInput();

        assertThat(driver.results()).containsExactly("0:1", "1:100");
    }

    @Test
    void windowClosesByTimeWithoutValues() {
        var driver = WindowDriver.of(lists(waiting(seconds(5)), TENS)).take(7);

        driver.pause(seconds(5));
        assertThat(driver.results()).isEmpty();
        driver.pause(Duration.ofMillis(2_999));
        assertThat(driver.results()).isEmpty();
        driver.pause(Duration.ofMillis(1));

        assertThat(driver.results()).containsExactly("0:[7]");
        assertThat(driver.meta).containsExactly(WindowResult.Metadata.of(0, 0, 10_000_000));
    }

    @Test
    void earliestOfTheWaitingValuesWakesWhicheverCameFirst() {
        var driver =
                WindowDriver.of(
                        Windows.<String, Integer, Integer, Integer>logic(
                                waiting(seconds(5)), TENS, state -> new EchoLogic()));

        driver.take(8, 4).pause(Duration.ofMillis(999));
        assertThat(driver.results()).isEmpty();
        driver.pause(Duration.ofMillis(1));

        assertThat(driver.results()).containsExactly("0:4 EARLY");
        assertThat(driver.pause(seconds(4)).results()).containsExactly("0:4 EARLY", "0:8 EARLY");
    }

    /** Emits each value when it is taken. */
    private static final class EchoLogic implements WindowLogic<Integer, Integer, Integer> {
        @Override
        public void onValue(Integer value, Emitter<? super Integer> out) {
            out.emit(value);
        }

        @Override
        public void onClose(Emitter<? super Integer> out) {}

        @Override
        public Integer snapshot() {
            return 0;
        }
    }

    @Test
    void clockOfTheUsersThatGoesBackStandsStill() {
        var driver = WindowDriver.of(lists(new LastClock(), TENS)).take(15, 5);

        assertThat(driver.late).containsExactly(new LateValue<>(0, 5));
        assertThat(driver.take(14, 16).endOfInput().results()).containsExactly("1:[15, 16]");
        assertThat(driver.late).containsExactly(new LateValue<>(0, 5), new LateValue<>(1, 14));
    }

    /** Says that it is as late as the last value was, which may be earlier than before. */
    private record LastClock() implements Clock<Integer, Long> {
        @Override
        public ClockLogic<Integer, Long> build(
                LogicContext<?> context, @Nullable Long resumeState) {
            return new LastLogic();
        }
    }

    private static final class LastLogic implements ClockLogic<Integer, Long> {

        private long last;

        @Override
        public long onItem(Integer value) {
            last = Micros.of(Instant.ofEpochSecond(value));
            return last;
        }

        @Override
        public long watermark() {
            return last;
        }

        @Override
        public Long snapshot() {
            return last;
        }
    }

    @Test
    void waitForEverDoesNotWakeEvenAfterARestart() {
        var driver = WindowDriver.of(lists(waiting(FOR_EVER), TENS)).take(7);

        driver.pause(seconds(100)).restart();

        assertThat(driver.notifyAtMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(driver.endOfInput().results()).containsExactly("0:[7]");
    }

    @Test
    void farthestValuesAndLatenessDoNotSpin() {
        var clock = EventClock.<Instant>of(at -> at, Duration.ofDays(365 * 70_000L));
        var driver =
                WindowDriver.of(
                        Windows.<String, Instant>count(
                                clock, TumblingWindower.of(Duration.ofDays(365 * 70_000L))),
                        WindowOptions.ordered().withAllowedLateness(FOR_EVER));

        driver.take(Instant.MIN, Instant.MAX).restart().pause(seconds(1)).endOfInput();

        assertThat(driver.results()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1})
    void farthestTimesHaveTheirPanesWhateverTheAlignment(long side) {
        var moments =
                TumblingWindower.of(Duration.ofNanos(1_000))
                        .alignedTo(Micros.toInstant(side * (1L << 60)));
        var driver =
                WindowDriver.of(
                        Windows.<String, Instant>count(EventClock.of(at -> at, FOR_EVER), moments));

        driver.take(Instant.MAX, Instant.MIN, Instant.EPOCH).endOfInput();

        assertThat(driver.down)
                .extracting(WindowResult::openMicros)
                .containsExactly(Micros.of(Instant.MIN), 0L, Micros.of(Instant.MAX));
    }

    @Test
    void systemClockClosesByTime() {
        var driver = WindowDriver.of(lists(SystemClock.now(), TENS)).take(1, 2);

        driver.pause(seconds(9)).take(3).pause(seconds(1));

        assertThat(driver.down)
                .extracting(each -> each.value().toString())
                .containsExactly("[1, 2, 3]");
    }

    @Test
    void streamClockClosesWithTheStream() {
        var driver =
                WindowDriver.of(lists(StreamClock.of(Instant::ofEpochSecond), TENS)).take(7, 12, 3);

        driver.pause(Duration.ofDays(1)).watermark(9_999_999);
        assertThat(driver.results()).isEmpty();
        driver.watermark(10_000_000);

        assertThat(driver.results()).containsExactly("0:[3, 7]");
    }

    @Test
    void streamClockKnowsLateValuesOfKeysThatAreNew() {
        var driver = WindowDriver.of(lists(StreamClock.of(Instant::ofEpochSecond), TENS));

        driver.watermark(10_000_000).take(3, 10);

        assertThat(driver.late).containsExactly(new LateValue<>(0, 3));
        assertThat(driver.endOfInput().results()).containsExactly("1:[10]");
    }

    @Test
    void waitingValuesSurviveARestart() {
        var driver = WindowDriver.of(lists(waiting(20), TENS)).take(12, 3, 15).restart();

        driver.take(11).endOfInput();

        assertThat(driver.results()).containsExactly("0:[3]", "1:[11, 12, 15]");
    }

    @Test
    void waitingValuesAreTakenByAStepThatIsNotOrderedAnyMore() {
        var driver = WindowDriver.of(lists(waiting(20), TENS)).take(12, 3);

        driver.restartAs(lists(waiting(20), TENS), WindowOptions.unordered()).take(11);

        assertThat(driver.endOfInput().results()).containsExactly("0:[3]", "1:[11, 12]");
    }

    @Test
    void waitingValuesAreTakenInStreamTimeThatIsNotOrderedAnyMore() {
        var clock = StreamClock.<Integer>of(Instant::ofEpochSecond);
        var driver = WindowDriver.of(sums(clock, TENS), WindowOptions.ordered()).take(12, 3);

        driver.restartAs(sums(clock, TENS), WindowOptions.unordered()).take(11);

        assertThat(driver.endOfInput().results()).containsExactly("0:3", "1:23");
    }

    @Test
    void resultIsNotGivenAgainWhenLatenessIsNotAllowedAnyMore() {
        var lateness = WindowOptions.unordered().withAllowedLateness(seconds(10));
        var driver = WindowDriver.of(lists(waiting(0), TENS), lateness).take(1, 15);

        driver.restartAs(lists(waiting(0), TENS), WindowOptions.unordered()).take(25);

        assertThat(driver.endOfInput().results()).containsExactly("0:[1]", "1:[15]", "2:[25]");
    }

    @Test
    void latenessUpdatesResults() {
        var options = WindowOptions.unordered().withAllowedLateness(seconds(10));
        var driver = WindowDriver.of(lists(waiting(0), TENS), options).take(1, 15, 5, 19, 9, 8);

        assertThat(driver.results())
                .containsExactly("0:[1]", "0:[1, 5] UPDATE", "0:[1, 5, 9] UPDATE");
        assertThat(driver.late).containsExactly(new LateValue<>(0, 8));
        assertThat(driver.meta).isEmpty();

        driver.take(20);
        assertThat(driver.meta).containsExactly(WindowResult.Metadata.of(0, 0, 10_000_000));
        driver.endOfInput();
        assertThat(driver.results()).hasSize(5).contains("1:[15, 19]", "2:[20]");
    }

    @Test
    void lateButAllowedValueOpensAWindowWhoseEndHasPassed() {
        var options = WindowOptions.ordered().withAllowedLateness(seconds(10));
        var driver = WindowDriver.of(lists(waiting(0), TENS), options).take(15, 7, 6);

        assertThat(driver.results()).containsExactly("0:[7]", "0:[7, 6] UPDATE");
    }

    @Test
    void updatesAreTheSameOverARestart() {
        var options =
                WindowOptions.unordered().withAllowedLateness(seconds(10)).withEarlyResultEvery(1);
        var driver = WindowDriver.of(lists(waiting(0), TENS), options).take(1, 15).restart();

        driver.take(5).restart().take(9);

        assertThat(driver.results())
                .containsExactly(
                        "0:[1] EARLY",
                        "1:[15] EARLY",
                        "0:[1]",
                        "0:[1, 5] UPDATE",
                        "0:[1, 5, 9] UPDATE");
    }

    @Test
    void sessionThatALateValueExtendsRunsAgain() {
        var options = WindowOptions.unordered().withAllowedLateness(seconds(60));
        var driver = WindowDriver.of(lists(waiting(0), SESSIONS), options).take(0, 15, 9, 40);

        assertThat(driver.results()).containsExactly("0:[0]", "0:[0, 15, 9] UPDATE");
    }

    @Test
    void earlyResultsComeAfterEachSoManyValues() {
        var options = WindowOptions.unordered().withEarlyResultEvery(2);
        var driver = WindowDriver.of(sums(waiting(0), TENS), options).take(1, 2, 3, 4, 5, 12);

        assertThat(driver.results()).containsExactly("0:3 EARLY", "0:10 EARLY", "0:15");
    }

    @Test
    void earlyResultsComeSoLongAfterTheFirstValueSinceTheLast() {
        var options = WindowOptions.unordered().withEarlyResultEvery(seconds(3));
        var driver = WindowDriver.of(sums(waiting(0), TENS), options).take(1);

        driver.pause(seconds(2)).take(2).pause(seconds(1));
        assertThat(driver.results()).containsExactly("0:3 EARLY");
        driver.pause(seconds(60));
        assertThat(driver.results()).hasSize(1);
        driver.take(3).restart().pause(seconds(3)).endOfInput();

        assertThat(driver.results()).containsExactly("0:3 EARLY", "0:6 EARLY", "0:6");
    }

    @Test
    void earlyResultAfterSoManyValuesPutsOffTheOneByTime() {
        var options =
                WindowOptions.unordered().withEarlyResultEvery(2).withEarlyResultEvery(seconds(3));
        var driver = WindowDriver.of(sums(waiting(0), TENS), options).take(1, 2);

        driver.pause(seconds(60));

        assertThat(driver.results()).containsExactly("0:3 EARLY");
    }

    @Test
    void earlyResultDoesNotChangeWithTheWindow() {
        var options = WindowOptions.unordered().withEarlyResultEvery(1);
        var driver = WindowDriver.of(lists(waiting(0), TENS), options).take(1, 2);

        assertThat(driver.results()).containsExactly("0:[1] EARLY", "0:[1, 2] EARLY");
    }

    @Test
    void windowsByCountCloseWithTheirLastValue() {
        var driver = WindowDriver.of(lists(waiting(0), CountWindower.of(2))).take(1, 2, 3);

        assertThat(driver.results()).containsExactly("0:[1, 2]");
        driver.restart().endOfInput().restart().take(4, 5);
        assertThat(driver.results()).containsExactly("0:[1, 2]", "1:[3]", "2:[4, 5]");
    }

    @Test
    void windowsByCountFillInOrderOfTime() {
        var driver =
                WindowDriver.of(lists(waiting(FOR_EVER), CountWindower.of(2).every(1)))
                        .take(3, 1, 2)
                        .endOfInput();

        assertThat(driver.results()).containsExactly("0:[1, 2]", "1:[2, 3]", "2:[3]");
    }

    @Test
    void windowerMayMergeIntoAWindowThatTheValueOpens() {
        var driver = WindowDriver.of(lists(waiting(0), new Absorbing()), WindowOptions.unordered());

        driver.take(1, 2, 3).endOfInput();

        assertThat(driver.results()).containsExactly("3:[1, 2, 3]");
    }

    /** Opens a window for each value, which swallows the one before; may name either. */
    private record Absorbing() implements Windower<Long> {

        @Override
        public WindowerLogic<Long> build(@Nullable Long resumeState) {
            return new AbsorbingLogic();
        }
    }

    private static final class AbsorbingLogic implements WindowerLogic<Long> {

        private final List<WindowerLogic.Merge> merges = new ArrayList<>();
        private long newest;

        @Override
        public long[] openFor(long micros) {
            newest++;
            if (newest > 1) {
                merges.add(new WindowerLogic.Merge(newest - 1, newest));
            }
            return new long[] {newest % 2 == 0 ? newest : Math.max(1, newest - 1)};
        }

        @Override
        public long[] lateFor(long micros) {
            return new long[0];
        }

        @Override
        public List<WindowerLogic.Merge> merged() {
            List<WindowerLogic.Merge> drained = List.copyOf(merges);
            merges.clear();
            return drained;
        }

        @Override
        public WindowResult.Metadata window(long windowId) {
            return WindowResult.Metadata.of(windowId, 0, 0);
        }

        @Override
        public long closesAt(long windowId) {
            return Long.MAX_VALUE;
        }

        @Override
        public long closesAt() {
            return Long.MAX_VALUE;
        }

        @Override
        public List<WindowResult.Metadata> closeFor(long watermark) {
            return watermark == Long.MAX_VALUE ? List.of(window(newest)) : List.of();
        }

        @Override
        public Long snapshot() {
            return newest;
        }
    }
}
