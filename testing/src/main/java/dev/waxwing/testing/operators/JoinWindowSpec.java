package dev.waxwing.testing.operators;

import static dev.waxwing.testing.operators.WindowFlows.FOR_EVER;
import static dev.waxwing.testing.operators.WindowFlows.SESSIONS;
import static dev.waxwing.testing.operators.WindowFlows.TENS;
import static dev.waxwing.testing.operators.WindowFlows.event;
import static dev.waxwing.testing.operators.WindowFlows.results;
import static dev.waxwing.testing.operators.WindowFlows.seconds;

import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.Sides;
import dev.waxwing.Sides.Row2;
import dev.waxwing.WindowOut;
import dev.waxwing.join.JoinOptions;
import dev.waxwing.join.JoinOptions.Emit;
import dev.waxwing.join.JoinOptions.Insert;
import dev.waxwing.join.Sided;
import dev.waxwing.join.Timestamps;
import dev.waxwing.state.LogicContext;
import dev.waxwing.testing.operators.FoldWindowSpec.Event;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.ClockLogic;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.Windower;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code joinWindow} means on any runner; sides are told by the first letter of a name. */
public abstract class JoinWindowSpec extends OperatorSpec {

    private static Keyed<String, String> all(String result) {
        return new Keyed<>("ALL", result);
    }

    private static KeyedStream<String, Event> side(
            KeyedStream<String, Event> events, String letter) {
        return events.filterValue("only-" + letter, event -> event.name().startsWith(letter));
    }

    private static EventClock<Object> waiting(Duration wait) {
        return EventClock.<Object>of(Timestamps.of(Event.class, Event::at), wait)
                .withoutIdleAdvance();
    }

    private static WindowOut<String, Sided, Row2<Event, Event>> joined(
            KeyedStream<String, Event> events, Duration wait, JoinOptions options) {
        return joined(events, waiting(wait), SESSIONS, options);
    }

    private static WindowOut<String, Sided, Row2<Event, Event>> joined(
            KeyedStream<String, Event> events,
            Clock<Object, ?> clock,
            Windower<?> windower,
            JoinOptions options) {
        return side(events, "L").joinWindow("join", clock, windower, side(events, "R"), options);
    }

    private static KeyedStream<String, String> rows(
            WindowOut<String, Sided, Row2<Event, Event>> out) {
        return out.down()
                .mapValue(
                        "row", result -> result.isWithdrawal() ? "withdrawn" : row(result.value()));
    }

    private static KeyedStream<String, String> timedRows(
            WindowOut<String, Sided, Row2<Event, Event>> out) {
        return out.down().mapValue("row", result -> row(result.value()) + " " + result.timing());
    }

    private static String row(Row2<Event, Event> row) {
        return row(row.first(), row.second());
    }

    private static String row(@Nullable Event... sides) {
        return Stream.of(sides)
                .map(side -> side == null ? "-" : side.name())
                .collect(Collectors.joining(" "));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    private void expectRows(JoinOptions options, Keyed<String, String>... rows) {
        givenKeyed(event("L1", 0), event("R3", 2), event("R2", 1))
                .through(events -> rows(joined(events, FOR_EVER, options)))
                .expect(rows);
    }

    @Test
    void j10_firstComplete() {
        expectRows(JoinOptions.of(Insert.FIRST, Emit.COMPLETE), all("L1 R2"));
    }

    @Test
    void j10_lastComplete() {
        expectRows(JoinOptions.complete(), all("L1 R2"));
    }

    @Test
    void j10_firstFinal() {
        expectRows(JoinOptions.of(Insert.FIRST, Emit.FINAL), all("L1 R2"));
    }

    @Test
    void j10_lastFinal() {
        expectRows(JoinOptions.atEnd(), all("L1 R3"));
    }

    @Test
    void j10_lastRunning() {
        expectRows(
                JoinOptions.of(Insert.LAST, Emit.RUNNING), all("L1 -"), all("L1 R2"), all("L1 R3"));
    }

    @Test
    void j10_productFinal() {
        givenKeyed(event("L1", 0), event("L2", 1), event("R3", 1), event("R4", 2))
                .through(
                        events ->
                                rows(
                                        joined(
                                                events,
                                                FOR_EVER,
                                                JoinOptions.of(Insert.PRODUCT, Emit.FINAL))))
                .expect(all("L1 R3"), all("L1 R4"), all("L2 R3"), all("L2 R4"));
    }

    @Test
    void completeClearsTheWindowAndLeavesItOpen() {
        givenKeyed(event("L1", 0), event("R1", 1), event("L2", 2), event("R2", 3))
                .through(events -> rows(joined(events, FOR_EVER, JoinOptions.complete())))
                .expect(all("L1 R1"), all("L2 R2"));
    }

    @Test
    void finalRowHasAnEmptyPlaceForAMissingSide() {
        givenKeyed(event("R1", 1))
                .through(events -> rows(joined(events, FOR_EVER, JoinOptions.atEnd())))
                .expect(all("- R1"));
    }

    @Test
    void j11_unorderedValuesAreJoinedAsTheyCome() {
        givenKeyed(event("L1", 0), event("R3", 2), event("R2", 1))
                .through(
                        events ->
                                rows(
                                        joined(events, FOR_EVER, JoinOptions.atEnd())
                                                .with(WindowOptions.unordered())))
                .inModes(mode -> mode.workers() == 1)
                .expect(all("L1 R2"));
    }

    @Test
    void j12_lateValueIsThatOfTheUserWithItsSide() {
        givenKeyed(event("L1", 50), event("R2", 10))
                .through(
                        events ->
                                joined(events, Duration.ZERO, JoinOptions.atEnd())
                                        .late()
                                        .mapValue(
                                                "late",
                                                late ->
                                                        late.windowId()
                                                                + " "
                                                                + late.value().side()
                                                                + " "
                                                                + late.value()
                                                                        .value(Event.class)
                                                                        .name()))
                .inModes(mode -> mode.workers() == 1)
                .expect(all("-1 1 R2"));
    }

    private void expectMerged(Insert insert, String row) {
        givenKeyed(
                        event("L2", 20),
                        event("R2", 20),
                        event("L1", 0),
                        event("R1", 0),
                        event("L3", 10))
                .through(
                        events ->
                                rows(
                                        joined(
                                                        events,
                                                        seconds(60),
                                                        JoinOptions.of(insert, Emit.FINAL))
                                                .with(WindowOptions.unordered())))
                .inModes(mode -> mode.workers() == 1)
                .expect(all(row));
    }

    @Test
    void j14_firstOfMergedSessionsIsTheFirstInTime() {
        expectMerged(Insert.FIRST, "L1 R1");
    }

    @Test
    void j14_lastOfMergedSessionsIsTheLastInTime() {
        expectMerged(Insert.LAST, "L3 R2");
    }

    @Test
    void runningRowComesWithAMergeToo() {
        givenKeyed(event("L1", 0), event("R1", 20), event("L2", 10))
                .through(
                        events ->
                                rows(
                                        joined(
                                                        events,
                                                        seconds(60),
                                                        JoinOptions.of(Insert.FIRST, Emit.RUNNING))
                                                .with(WindowOptions.unordered())))
                .inModes(mode -> mode.workers() == 1)
                .expect(all("L1 -"), all("- R1"), all("withdrawn"), all("L1 R1"), all("L1 R1"));
    }

    @Test
    void rowsOfCompleteSidesStayWhenTheirSessionBecomesPartOfAnother() {
        givenKeyed(
                        event("L1", 20),
                        event("R1", 21),
                        event("L2", 0),
                        event("R2", 1),
                        event("L3", 10),
                        event("R3", 11))
                .through(
                        events ->
                                rows(
                                        joined(events, FOR_EVER, JoinOptions.complete())
                                                .with(WindowOptions.unordered())))
                .inModes(mode -> mode.workers() == 1)
                .expect(all("L1 R1"), all("L2 R2"), all("L3 R3"));
    }

    @Test
    void countOfSidesIsNotMixedUpWithIdsOfWindows() {
        givenKeyed(event("L1", 0), event("R1", 1), event("L2", 100), event("R2", 101))
                .through(
                        events ->
                                results(joined(events, seconds(5), JoinOptions.atEnd()))
                                        .mapValue("id", text -> text.substring(0, 1)))
                .expect(all("0"), all("1"));
    }

    @Test
    void threeSides() {
        givenKeyed(event("C3", 2), event("A1", 0), event("B2", 1), event("A4", 100))
                .through(
                        events ->
                                Sides.of(side(events, "A"), side(events, "B"), side(events, "C"))
                                        .joinWindow(
                                                "join",
                                                waiting(FOR_EVER),
                                                SESSIONS,
                                                JoinOptions.atEnd())
                                        .down()
                                        .mapValue("sides", WindowResult::value)
                                        .mapValue(
                                                "row",
                                                row -> row(row.first(), row.second(), row.third())))
                .expect(all("A1 B2 C3"), all("A4 - -"));
    }

    @Test
    void fourSides() {
        givenKeyed(event("D4", 3), event("A1", 0), event("B2", 1), event("A5", 100))
                .through(
                        events ->
                                Sides.of(
                                                side(events, "A"),
                                                side(events, "B"),
                                                side(events, "C"),
                                                side(events, "D"))
                                        .joinWindow(
                                                "join",
                                                waiting(FOR_EVER),
                                                SESSIONS,
                                                JoinOptions.atEnd())
                                        .down()
                                        .mapValue("sides", WindowResult::value)
                                        .mapValue(
                                                "row",
                                                row ->
                                                        row(
                                                                row.first(),
                                                                row.second(),
                                                                row.third(),
                                                                row.fourth())))
                .expect(all("A1 B2 - D4"), all("A5 - - -"));
    }

    @Test
    void anyNumberOfSides() {
        givenKeyed(event("E5", 4), event("A1", 0), event("C3", 2), event("B6", 100))
                .through(
                        events ->
                                Sides.all(
                                                Stream.of("A", "B", "C", "D", "E")
                                                        .map(letter -> side(events, letter))
                                                        .toList())
                                        .joinWindow(
                                                "join",
                                                waiting(FOR_EVER),
                                                SESSIONS,
                                                JoinOptions.atEnd())
                                        .down()
                                        .mapValue("sides", WindowResult::value)
                                        .mapValue(
                                                "row",
                                                row -> row(row.sides().toArray(Event[]::new))))
                .expect(all("A1 - C3 - E5"), all("- B6 - - -"));
    }

    @Test
    void clockOfTheUsersSeesValuesWithoutTheirSide() {
        givenKeyed(event("L1", 0), event("R1", 1), event("L2", 50), event("R2", 3))
                .through(
                        events -> {
                            var out =
                                    joined(
                                            events,
                                            new NewestClock(),
                                            SESSIONS,
                                            JoinOptions.atEnd());
                            return rows(out)
                                    .merge("told", out.late().mapValue("late", late -> "late"));
                        })
                .inModes(mode -> mode.workers() == 1)
                .expect(all("L1 R1"), all("late"), all("L2 -"));
    }

    /** Stands at the newest event. */
    private record NewestClock() implements Clock<Object, Long> {
        @Override
        public ClockLogic<Object, Long> build(LogicContext<?> context, @Nullable Long resumeState) {
            return new NewestLogic(resumeState == null ? Micros.START_OF_TIME : resumeState);
        }
    }

    private static final class NewestLogic implements ClockLogic<Object, Long> {

        private long newest;

        NewestLogic(long newest) {
            this.newest = newest;
        }

        @Override
        public long onItem(Object value) {
            long at = Micros.of(((Event) value).at());
            newest = Math.max(newest, at);
            return at;
        }

        @Override
        public long watermark() {
            return newest;
        }

        @Override
        public Long snapshot() {
            return newest;
        }
    }

    @Test
    void lateValueWithinTheAllowedLatenessUpdatesTheRow() {
        givenKeyed(event("L1", 1), event("R2", 12), event("R1", 3))
                .through(
                        events ->
                                timedRows(
                                        joined(
                                                        events,
                                                        waiting(Duration.ZERO),
                                                        TENS,
                                                        JoinOptions.atEnd())
                                                .with(
                                                        WindowOptions.unordered()
                                                                .withAllowedLateness(seconds(20)))))
                .inModes(mode -> mode.workers() == 1)
                .expect(all("L1 - ON_TIME"), all("L1 R1 UPDATE"), all("- R2 ON_TIME"));
    }

    @Test
    void rowIsEmittedBeforeTheEndWithEarlyResults() {
        givenKeyed(event("L1", 1), event("R1", 3), event("L2", 5))
                .through(
                        events ->
                                timedRows(
                                        joined(
                                                        events,
                                                        waiting(Duration.ZERO),
                                                        TENS,
                                                        JoinOptions.atEnd())
                                                .with(
                                                        WindowOptions.unordered()
                                                                .withEarlyResultEvery(1))))
                .inModes(mode -> mode.workers() == 1)
                .expect(
                        all("L1 - EARLY"),
                        all("L1 R1 EARLY"),
                        all("L2 R1 EARLY"),
                        all("L2 R1 ON_TIME"));
    }
}
