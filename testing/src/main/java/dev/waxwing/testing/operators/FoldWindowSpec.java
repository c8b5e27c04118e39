package dev.waxwing.testing.operators;

import static dev.waxwing.testing.operators.WindowFlows.TENS;
import static dev.waxwing.testing.operators.WindowFlows.inOrder;

import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.WindowOut;
import dev.waxwing.function.TypeRef;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.SlidingWindower;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.Windower;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What {@code foldWindow} and {@code collectWindow} give for each kind of window. */
public abstract class FoldWindowSpec extends OperatorSpec {

    private static final Instant ALIGN = Instant.parse("2022-01-01T00:00:00Z");

    /** Something that happened so many seconds after the alignment. */
    public record Event(String name, int second) {

        Instant at() {
            return ALIGN.plusSeconds(second);
        }
    }

    private static Keyed<String, Event> event(String name, int second) {
        return new Keyed<>("ALL", new Event(name, second));
    }

    private static WindowOut<String, Event, String> names(
            KeyedStream<String, Event> events, Windower<?> windower) {
        return events.foldWindow(
                "names",
                EventClock.<Event>of(Event::at, Duration.ZERO).withoutIdleAdvance(),
                windower,
                () -> "",
                (names, event) -> names + event.name(),
                (left, right) -> left + right);
    }

    private static KeyedStream<String, String> results(WindowOut<String, Event, String> out) {
        return out.down().mapValue("result", each -> each.windowId() + " " + each.value());
    }

    @Test
    void tumblingWindowsFoldWhatFallsIntoEach() {
        givenKeyed(event("a", 0), event("b", 4), event("c", 8), event("d", 16))
                .through(
                        events ->
                                results(
                                        names(
                                                events,
                                                TumblingWindower.of(Duration.ofSeconds(10))
                                                        .alignedTo(ALIGN))))
                .expect(new Keyed<>("ALL", "0 abc"), new Keyed<>("ALL", "1 d"));
    }

    @Test
    void typesAreCountedInEachTumblingWindow() {
        givenKeyed(event("login", 0), event("post", 4), event("post", 8), event("post", 16))
                .through(
                        events ->
                                events.foldWindow(
                                                "counts",
                                                inOrder(),
                                                TENS,
                                                () -> Map.<String, Integer>of(),
                                                FoldWindowSpec::counted,
                                                FoldWindowSpec::together)
                                        .state(new TypeRef<Map<String, Integer>>() {})
                                        .down()
                                        .mapValue("result", WindowResult::value))
                .expect(
                        new Keyed<>("ALL", Map.of("login", 1, "post", 2)),
                        new Keyed<>("ALL", Map.of("post", 1)));
    }

    private static Map<String, Integer> counted(Map<String, Integer> counts, Event event) {
        return together(counts, Map.of(event.name(), 1));
    }

    private static Map<String, Integer> together(
            Map<String, Integer> counts, Map<String, Integer> others) {
        Map<String, Integer> sum = new TreeMap<>(counts);
        others.forEach((name, count) -> sum.merge(name, count, Integer::sum));
        return sum;
    }

    @Test
    void minutesOfAHundredThousandSecondsAreWindows() {
        List<Object> seconds = IntStream.range(0, 100_000).<Object>mapToObj(s -> s).toList();
        this.<Integer>givenAll(seconds)
                .through(
                        numbers ->
                                numbers.<String>keyOn("key", number -> "ALL")
                                        .foldWindow(
                                                "minutes",
                                                EventClock.<Integer>of(
                                                                ALIGN::plusSeconds, Duration.ZERO)
                                                        .withoutIdleAdvance(),
                                                TumblingWindower.of(Duration.ofMinutes(1))
                                                        .alignedTo(ALIGN),
                                                () -> 0,
                                                (nothing, second) -> nothing,
                                                (left, right) -> left)
                                        .with(WindowOptions.unordered())
                                        .down()
                                        .map("id", (key, result) -> result.windowId()))
                .inModes(mode -> mode.sourceBatchItems() == SpecMode.ALL_ITEMS)
                .expect(LongStream.range(0, 1_667).boxed().toArray(Long[]::new));
    }

    @Test
    void slidingWindowsOverlap() {
        givenKeyed(
                        event("a", 1),
                        event("b", 4),
                        event("c", 8),
                        event("d", 12),
                        event("e", 13),
                        event("f", 14),
                        event("g", 16),
                        event("h", 1))
                .through(
                        events ->
                                results(
                                        names(
                                                events,
                                                SlidingWindower.of(
                                                                Duration.ofSeconds(10),
                                                                Duration.ofSeconds(5))
                                                        .alignedTo(ALIGN))))
                .expect(
                        new Keyed<>("ALL", "-1 ab"),
                        new Keyed<>("ALL", "0 abc"),
                        new Keyed<>("ALL", "1 cdef"),
                        new Keyed<>("ALL", "2 defg"),
                        new Keyed<>("ALL", "3 g"));
    }

    @Test
    void sessionsEndWithTheGap() {
        givenKeyed(
                        event("a", 1),
                        event("b", 5),
                        event("c", 11),
                        event("d", 12),
                        event("e", 13),
                        event("f", 14),
                        event("g", 20),
                        event("h", 1))
                .through(
                        events -> results(names(events, SessionWindower.of(Duration.ofSeconds(5)))))
                .expect(
                        new Keyed<>("ALL", "0 ab"),
                        new Keyed<>("ALL", "1 cdef"),
                        new Keyed<>("ALL", "2 g"));
    }

    @Test
    void lateValueGoesToTheLateStreamOnceForEachWindow() {
        givenKeyed(event("a", 16), event("h", 1))
                .through(
                        events ->
                                names(
                                                events,
                                                SlidingWindower.of(
                                                                Duration.ofSeconds(10),
                                                                Duration.ofSeconds(5))
                                                        .alignedTo(ALIGN))
                                        .late()
                                        .mapValue(
                                                "name",
                                                late ->
                                                        late.windowId()
                                                                + " "
                                                                + late.value().name()))
                .expect(new Keyed<>("ALL", "-1 h"), new Keyed<>("ALL", "0 h"));
    }

    @Test
    void valuesAreCollectedInOrderOfTheirTimestamps() {
        givenKeyed(event("1", 0), event("3", 8), event("2", 4), event("5", 13), event("4", 12))
                .through(
                        events ->
                                events.collectWindow(
                                                "collect",
                                                EventClock.of(
                                                        Event::at,
                                                        Duration.ofSeconds(Long.MAX_VALUE)),
                                                TumblingWindower.of(Duration.ofSeconds(10))
                                                        .alignedTo(ALIGN),
                                                Into.list())
                                        .down()
                                        .mapValue(
                                                "names",
                                                each ->
                                                        List.of(
                                                                each.windowId(),
                                                                each.value().stream()
                                                                        .map(Event::name)
                                                                        .toList())))
                .expect(
                        new Keyed<>("ALL", List.of(0L, List.of("1", "2", "3"))),
                        new Keyed<>("ALL", List.of(1L, List.of("4", "5"))));
    }
}
