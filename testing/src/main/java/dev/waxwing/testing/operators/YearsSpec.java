package dev.waxwing.testing.operators;

import static dev.waxwing.testing.operators.WindowFlows.event;
import static dev.waxwing.testing.operators.WindowFlows.results;
import static dev.waxwing.testing.operators.WindowFlows.seconds;

import dev.waxwing.KeyedStream;
import dev.waxwing.WindowOut;
import dev.waxwing.function.Mapper;
import dev.waxwing.join.Interval;
import dev.waxwing.join.Timestamps;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.testing.operators.FoldWindowSpec.Event;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.SlidingWindower;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.Windower;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Windows and joins on any runner are the same in the first year and in the last, and over the
 * changes of a zone.
 */
public abstract class YearsSpec extends OperatorSpec {

    /* The first seconds, the last, and those around a change to summer time and one back. */
    private static final List<Instant> ORIGINS =
            List.of(
                    Instant.parse("0001-01-01T00:00:00Z"),
                    Instant.parse("9999-12-31T23:59:29Z"),
                    Instant.parse("2026-03-29T00:59:45Z"),
                    Instant.parse("2026-11-01T05:59:45Z"));

    private static Mapper<Event, Instant> since(Instant origin) {
        return event -> origin.plusSeconds(event.second());
    }

    private interface Results {
        KeyedStream<String, String> of(KeyedStream<String, Event> events, Instant origin);
    }

    /* The value at 1 is late where no disorder is allowed. */
    private void expect(Results results, String... expected) {
        for (Instant origin : ORIGINS) {
            givenKeyed(
                            event("a", 0),
                            event("b", 4),
                            event("c", 9),
                            event("d", 17),
                            event("e", 1),
                            event("f", 29))
                    .throughPlain(events -> results.of(events, origin).dropKey("results"))
                    .inModes(mode -> mode.workers() == 1)
                    .expect(expected);
        }
    }

    private static KeyedStream<String, String> names(
            KeyedStream<String, Event> events, Clock<Event, ?> clock, Windower<?> windower) {
        WindowOut<String, Event, String> out =
                events.foldWindow(
                        "names",
                        clock,
                        windower,
                        () -> "",
                        (names, event) -> names + event.name(),
                        (left, right) -> left + right);
        return results(out);
    }

    private static Clock<Event, ?> byKey(Instant origin) {
        return EventClock.of(since(origin), Duration.ZERO).withoutIdleAdvance();
    }

    @Test
    void tumblingWindowsByTheTimeOfAKey() {
        expect(
                (events, origin) ->
                        names(
                                events,
                                byKey(origin),
                                TumblingWindower.of(seconds(10)).alignedTo(origin)),
                "0 abc",
                "1 d",
                "2 f");
    }

    @Test
    void tumblingWindowsByTheTimeOfTheStream() {
        expect(
                (events, origin) ->
                        names(
                                events.dropKey("values")
                                        .watermark(
                                                "time",
                                                since(origin),
                                                WatermarkOptions.outOfOrderBy(seconds(20)))
                                        .keyOn("all", event -> "ALL"),
                                StreamClock.of(since(origin)),
                                TumblingWindower.of(seconds(30)).alignedTo(origin)),
                "0 aebcdf");
    }

    @Test
    void slidingWindowsByTheTimeOfAKey() {
        expect(
                (events, origin) ->
                        names(
                                events,
                                byKey(origin),
                                SlidingWindower.of(seconds(20), seconds(10)).alignedTo(origin)),
                "-1 abc",
                "0 abcd",
                "1 df",
                "2 f");
    }

    @Test
    void sessionsByTheTimeOfAKey() {
        expect(
                (events, origin) -> names(events, byKey(origin), SessionWindower.of(seconds(10))),
                "0 abcd",
                "1 f");
    }

    @Test
    void valuesThatAreNearAreJoined() {
        expect(
                (events, origin) ->
                        events.filterValue("lefts", event -> event.name().compareTo("c") < 0)
                                .intervalJoin(
                                        "join",
                                        EventClock.<Object>of(
                                                        Timestamps.of(Event.class, since(origin)),
                                                        seconds(60))
                                                .withoutIdleAdvance(),
                                        events.filterValue(
                                                "rights",
                                                event -> event.name().compareTo("c") >= 0),
                                        Interval.within(seconds(5)))
                                .down()
                                .mapValue(
                                        "row",
                                        match -> match.left().name() + " " + match.right().name()),
                "b c",
                "a e",
                "b e");
    }
}
