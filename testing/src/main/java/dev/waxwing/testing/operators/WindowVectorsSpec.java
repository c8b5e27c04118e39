package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.pause;
import static dev.waxwing.testing.operators.WindowFlows.ALIGN;
import static dev.waxwing.testing.operators.WindowFlows.FOR_EVER;
import static dev.waxwing.testing.operators.WindowFlows.SESSIONS;
import static dev.waxwing.testing.operators.WindowFlows.bounds;
import static dev.waxwing.testing.operators.WindowFlows.event;
import static dev.waxwing.testing.operators.WindowFlows.names;
import static dev.waxwing.testing.operators.WindowFlows.seconds;
import static dev.waxwing.testing.operators.WindowFlows.waiting;

import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.WindowOut;
import dev.waxwing.testing.operators.FoldWindowSpec.Event;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.LateValue;
import dev.waxwing.windowing.SlidingWindower;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.Windower;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Which windows a time is in, which sessions become one, and how far a key's watermark has come, by
 * examples, on any runner. Each example has a key of its own, which is its text.
 */
public abstract class WindowVectorsSpec extends OperatorSpec {

    private static final Duration LATER = Duration.ofMillis(250);
    private static final int FAR = 1_000;
    private static final Into<Moment, Long> COUNT =
            new Into<>(() -> 0L, (count, moment) -> count + 1, Long::sum);

    /** So many milliseconds after the alignment. */
    public record Moment(long millis) {

        static Moment at(double second) {
            return new Moment(Math.round(second * 1_000));
        }

        Instant instant() {
            return ALIGN.plusMillis(millis);
        }
    }

    // ---- windows that a time is in

    private static Windower<?> every(int offset) {
        return offset == 10
                ? TumblingWindower.of(seconds(10)).alignedTo(ALIGN)
                : SlidingWindower.of(seconds(10), seconds(offset)).alignedTo(ALIGN);
    }

    /* Windows with a logic each, windows that share panes, and those of the stream's time. */
    private static List<KeyedSteps<String, Moment, String, Long>> kinds(int offset) {
        var key = EventClock.of(Moment::instant, FOR_EVER).withoutIdleAdvance();
        var stream = StreamClock.of(Moment::instant);
        return List.of(
                moments -> ids(moments.collectWindow("each", key, every(offset), COUNT)),
                moments -> ids(moments.countWindow("panes", key, every(offset))),
                moments -> ids(moments.countWindow("stream", stream, every(offset))));
    }

    private static KeyedStream<String, Long> ids(WindowOut<String, Moment, ?> out) {
        return out.down().mapValue("id", WindowResult::windowId);
    }

    private static KeyedStream<String, Long> lateIds(
            KeyedStream<String, Moment> moments, int offset) {
        return moments.countWindow(
                        "late",
                        EventClock.of(Moment::instant, Duration.ZERO).withoutIdleAdvance(),
                        every(offset))
                .late()
                .mapValue("id", LateValue::windowId);
    }

    /** Of examples such as {@code 13: 1 2}: what happens after 13 seconds is in windows 1 and 2. */
    private void expectIds(int offset, String... examples) {
        List<Object> moments = new ArrayList<>();
        List<Object> late = new ArrayList<>();
        List<Keyed<String, Long>> expected = new ArrayList<>();
        for (String example : examples) {
            String[] parts = example.split(": ", -1);
            var moment = new Keyed<>(example, Moment.at(Double.parseDouble(parts[0])));
            moments.add(moment);
            late.add(new Keyed<>(example, Moment.at(FAR)));
            late.add(moment);
            for (String id : parts[1].split(" ", -1)) {
                expected.add(new Keyed<>(example, Long.valueOf(id)));
            }
        }
        for (KeyedSteps<String, Moment, String, Long> kind : kinds(offset)) {
            expectThrough(kind, moments, expected);
        }
        expectThrough(
                (KeyedStream<String, Moment> keyed) -> lateIds(keyed, offset), late, expected);
    }

    /* Restoring windows after each of so many values takes long, and is the matter of other specs. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of these only
    private <V, W> void expectThrough(
            KeyedSteps<String, V, String, W> steps,
            List<?> values,
            List<Keyed<String, W>> expected) {
        new GivenKeyed<>(this.<Keyed<String, V>>givenAll(values))
                .through(steps)
                .inModes(mode -> !mode.restoreAfterEachBatch())
                .expect(expected.toArray(Keyed[]::new));
    }

    @Test
    void w13_windowsWhoseOffsetDividesTheirLength() {
        expectIds(
                5,
                "13: 1 2",
                "-3: -2 -1",
                "3: -1 0",
                "7: 0 1",
                "15: 2 3",
                "-5: -2 -1",
                "0: -1 0",
                "10: 1 2");
    }

    @Test
    void w13_windowsWhoseOffsetDoesNotDivideTheirLength() {
        expectIds(3, "11: 1 2 3", "11.5: 1 2 3", "-1: -3 -2 -1", "-1.5: -3 -2 -1", "5: -1 0 1");
    }

    @Test
    void w13_windowsWhoseOffsetIsMoreThanHalfTheirLength() {
        expectIds(7, "14: 1 2", "-7: -2 -1", "0: -1 0", "17: 2", "-4: -1", "10: 1");
    }

    @Test
    void w15_tumblingWindows() {
        expectIds(10, "15: 1", "-5: -1", "5: 0", "20: 2", "-10: -1", "0: 0", "10: 1");
    }

    // ---- sessions that become one

    /**
     * Of examples such as {@code 0 15 8: 0 [0, 15] [1]}: values in seconds, as they come, and the
     * sessions' ids, bounds and what was merged into them, parted by semicolons.
     */
    private void expectSessions(String... examples) {
        List<Object> events = new ArrayList<>();
        List<Keyed<String, String>> expected = new ArrayList<>();
        for (String example : examples) {
            String[] parts = example.split(": ", -1);
            for (String second : parts[0].split(" ", -1)) {
                events.add(event(example, "x", Integer.parseInt(second)));
            }
            for (String session : parts[1].split("; ", -1)) {
                expected.add(new Keyed<>(example, session));
            }
        }
        expectThrough(
                (KeyedStream<String, Event> keyed) ->
                        bounds(
                                names(keyed, waiting(FOR_EVER), SESSIONS)
                                        .with(WindowOptions.unordered())),
                events,
                expected);
    }

    @Test
    void w18_w19_w20_valuesExtendASession() {
        expectSessions(
                "0: 0 [0, 0]",
                "0 5: 0 [0, 5]",
                "0 10: 0 [0, 10]",
                "0 -5: 0 [-5, 0]",
                "0 -10: 0 [-10, 0]",
                "0 10 4: 0 [0, 10]",
                "0 11: 0 [0, 0]; 1 [11, 11]");
    }

    @Test
    void w21_w22_valuesBetweenSessionsMakeThemOne() {
        expectSessions(
                "0 20: 0 [0, 0]; 1 [20, 20]",
                "0 20 10: 0 [0, 20] [1]",
                "0 15 8: 0 [0, 15] [1]",
                "0 20 40 10 30: 0 [0, 40] [1, 2]",
                "0 20 40 60 30: 0 [0, 0]; 1 [20, 40] [2]; 3 [60, 60]");
    }

    // ---- how far the watermark has come: what is earlier is late

    private static EventClock<Moment> waitingFiveHours() {
        return EventClock.of(Moment::instant, Duration.ofHours(5));
    }

    private static Keyed<String, Moment> at(double hours, long millis) {
        return new Keyed<>("a", Moment.at(hours * 3_600 + millis / 1_000.0));
    }

    private static Keyed<String, Moment> at(double hours) {
        return at(hours, 0);
    }

    private Outcome<Keyed<String, Moment>> late(
            EventClock<Moment> clock, Keyed<String, Moment> first, Object... rest) {
        return givenKeyed(first, rest)
                .through(
                        moments ->
                                moments.countWindow("hours", clock, every(10))
                                        .late()
                                        .mapValue("late-value", LateValue::value));
    }

    private Outcome<Keyed<String, Moment>> lateByValues(
            Keyed<String, Moment> first, Object... rest) {
        return late(waitingFiveHours().withoutIdleAdvance(), first, rest);
    }

    @Test
    void w03_nothingIsLateBeforeAnyValue() {
        lateByValues(at(-1_000_000)).expectNothing();
    }

    @Test
    void w04_watermarkIsTheTimestampLessTheWait() {
        lateByValues(at(7), at(2), at(2, -1)).expect(at(2, -1));
    }

    @Test
    void w06_laterValueMovesTheWatermark() {
        lateByValues(at(7), at(10), at(5), at(5, -1)).expect(at(5, -1));
    }

    @Test
    void w07_olderValueLeavesTheWatermark() {
        lateByValues(at(7), at(3), at(2), at(2, -1)).expect(at(2, -1));
    }

    @Test
    void w10_nothingIsLateWithAWaitForEver() {
        late(EventClock.of(Moment::instant, FOR_EVER), at(7), at(-1_000_000)).expectNothing();
    }

    @Test
    void w05_watermarkGoesOnWithTime() {
        late(waitingFiveHours(), at(7), pause(LATER), at(2, 100), at(3))
                .inRealTime()
                .expect(at(2, 100));
    }

    @Test
    void w08_olderValueLaterLeavesWhatTimeHasMoved() {
        late(waitingFiveHours(), at(7), pause(LATER), at(3), at(2, 100))
                .inRealTime()
                .expect(at(2, 100));
    }

    @Test
    void w09_valueSlowerThanTimeLeavesTheWatermark() {
        late(waitingFiveHours(), at(7), pause(LATER), at(7, 50), at(2, 100))
                .inRealTime()
                .expect(at(2, 100));
    }
}
