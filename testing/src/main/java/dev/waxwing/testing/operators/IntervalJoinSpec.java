package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.endOfInput;
import static dev.waxwing.testing.operators.WindowFlows.event;
import static dev.waxwing.testing.operators.WindowFlows.seconds;

import dev.waxwing.JoinOut;
import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.join.Interval;
import dev.waxwing.join.Interval.Match;
import dev.waxwing.join.Timestamps;
import dev.waxwing.testing.operators.FoldWindowSpec.Event;
import dev.waxwing.windowing.EventClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What {@code intervalJoin} means on any runner; sides are told by the first letter of a name. */
public abstract class IntervalJoinSpec extends OperatorSpec {

    private static final Interval WITHIN_FIVE = Interval.within(seconds(5));

    private static Keyed<String, String> all(String result) {
        return new Keyed<>("ALL", result);
    }

    private static JoinOut<String, Match<Event, Event>> joined(
            KeyedStream<String, Event> events, Duration wait, Interval interval) {
        return events.filterValue("lefts", event -> event.name().startsWith("L"))
                .intervalJoin(
                        "join",
                        EventClock.<Object>of(Timestamps.of(Event.class, Event::at), wait)
                                .withoutIdleAdvance(),
                        events.filterValue("rights", event -> event.name().startsWith("R")),
                        interval);
    }

    private static KeyedStream<String, String> rows(JoinOut<String, Match<Event, Event>> out) {
        return out.down()
                .mapValue("row", match -> match.left().name() + " " + match.right().name());
    }

    @Test
    void valuesThatAreNearAreJoinedWhicheverComesFirst() {
        givenKeyed(event("L1", 10), event("R1", 14), event("R2", 6), event("L2", 8))
                .through(events -> rows(joined(events, seconds(60), WITHIN_FIVE)))
                .inModes(mode -> mode.workers() == 1)
                .expect(all("L1 R1"), all("L1 R2"), all("L2 R2"));
    }

    @Test
    void bothEndsOfTheIntervalAreInIt() {
        givenKeyed(
                        event("L1", 10),
                        event("R1", 5),
                        event("R2", 15),
                        event("R3", 4),
                        event("R4", 16))
                .through(events -> rows(joined(events, seconds(60), WITHIN_FIVE)))
                .inModes(mode -> mode.workers() == 1)
                .expect(all("L1 R1"), all("L1 R2"));
    }

    @Test
    void intervalMayLieOnOneSide() {
        givenKeyed(event("R0", 10), event("L1", 10), event("R1", 11), event("R2", 13))
                .through(
                        events ->
                                rows(
                                        joined(
                                                events,
                                                seconds(60),
                                                Interval.between(seconds(1), seconds(2)))))
                .expect(all("L1 R1"));
    }

    @Test
    void lateValueIsNotJoinedAndGoesOutWithItsSide() {
        givenKeyed(event("L1", 10), event("R1", 9), event("R2", 10))
                .through(
                        events ->
                                joined(events, Duration.ZERO, WITHIN_FIVE)
                                        .late()
                                        .mapValue(
                                                "late",
                                                late ->
                                                        late.side()
                                                                + " "
                                                                + late.value(Event.class).name()))
                .inModes(mode -> mode.workers() == 1)
                .expect(all("1 R1"));
    }

    @Test
    void valuesOfDifferentKeysAreNotJoined() {
        givenKeyed(event("a", "L1", 10), event("b", "R1", 10))
                .through(events -> rows(joined(events, seconds(60), WITHIN_FIVE)))
                .expectNothing();
    }

    @Test
    void valuesThatAreKeptSurviveACrash() {
        givenKeyed(event("L1", 10), crash(), event("R1", 12), event("R2", 30), event("L2", 11))
                .through(events -> rows(joined(events, seconds(60), WITHIN_FIVE)))
                .expectInAnyOrder(all("L1 R1"), all("L2 R1"));
    }

    @Test
    void endOfInputForgetsTheValuesButNotTheTime() {
        givenKeyed(event("L1", 10), endOfInput(), event("R1", 10), event("R2", 9))
                .through(events -> rows(joined(events, Duration.ZERO, WITHIN_FIVE)))
                .expectNothing();
    }
}
