package dev.waxwing.testing.operators;

import static dev.waxwing.testing.operators.WindowFlows.FIVES;
import static dev.waxwing.testing.operators.WindowFlows.SESSIONS;
import static dev.waxwing.testing.operators.WindowFlows.TENS;
import static dev.waxwing.testing.operators.WindowFlows.event;
import static dev.waxwing.testing.operators.WindowFlows.inOrder;
import static dev.waxwing.testing.operators.WindowFlows.results;
import static dev.waxwing.testing.operators.WindowFlows.seconds;
import static dev.waxwing.testing.operators.WindowFlows.waiting;

import dev.waxwing.Keyed;
import dev.waxwing.function.Order;
import dev.waxwing.testing.operators.FoldWindowSpec.Event;
import dev.waxwing.windowing.CountWindower;
import dev.waxwing.windowing.Into;
import org.junit.jupiter.api.Test;

/** What the ready-made results of windows are. */
public abstract class WindowResultsSpec extends OperatorSpec {

    private static final Order<Event> BY_NAME = Order.by(Event::name);

    private static final Order<Event> BY_LAST_DIGIT =
            Order.by(event -> event.name().charAt(event.name().length() - 1));

    private static Keyed<String, String> all(String result) {
        return new Keyed<>("ALL", result);
    }

    @Test
    void w38_listHoldsEachValue() {
        givenKeyed(event("a", 1), event("a", 2), event("b", 12))
                .through(
                        events ->
                                results(
                                        events.mapValue("name", Event::name)
                                                .collectWindow(
                                                        "list",
                                                        WindowTimeSpec.always(),
                                                        TENS,
                                                        Into.list())))
                .expect(all("0 [a, a, b]"));
    }

    @Test
    void w38_setHoldsEqualValuesOnce() {
        givenKeyed(event("a", 1), event("b", 2), event("a", 3), event("a", 1))
                .through(
                        events ->
                                results(
                                        events.mapValue("name", Event::name)
                                                .collectWindow(
                                                        "set",
                                                        WindowTimeSpec.always(),
                                                        TENS,
                                                        Into.set())))
                .expect(all("0 [a, b]"));
    }

    @Test
    void w38_mapHoldsTheLastContentOfEachName() {
        givenKeyed(event("a", 1), event("b", 2), event("a", 3), event("c", 14))
                .through(
                        events ->
                                results(
                                        events.collectWindow(
                                                "map",
                                                inOrder(),
                                                TENS,
                                                Into.map(Event::name, Event::second))))
                .expect(all("0 {a=3, b=2}"), all("1 {c=14}"));
    }

    @Test
    void w39_countsValuesOfEachKey() {
        given(
                        new Event("a", 0),
                        new Event("a", 4),
                        new Event("b", 8),
                        new Event("a", 12),
                        new Event("a", 13))
                .throughKeyed(
                        events ->
                                results(events.countWindow("count", inOrder(), TENS, Event::name)))
                .expect(new Keyed<>("a", "0 2"), new Keyed<>("a", "1 2"), new Keyed<>("b", "0 1"));
    }

    @Test
    void countsValuesOfAKeyedStream() {
        givenKeyed(event("a", 0), event("b", 4), event("c", 18))
                .through(events -> results(events.countWindow("count", inOrder(), TENS)))
                .expect(all("0 2"), all("1 1"));
    }

    @Test
    void w40_reducesValuesOfEachWindow() {
        givenKeyed(event("a", 0), event("b", 3), event("c", 4), event("d", 12), event("e", 13))
                .through(
                        events ->
                                results(
                                        events.mapValue(
                                                        "at",
                                                        event -> new Event("1", event.second()))
                                                .reduceWindow(
                                                        "sum",
                                                        inOrder(),
                                                        TENS,
                                                        WindowResultsSpec::sum)))
                .expect(all("0 Event[name=3, second=4]"), all("1 Event[name=2, second=13]"));
    }

    private static Event sum(Event left, Event right) {
        return new Event(
                String.valueOf(Integer.parseInt(left.name()) + Integer.parseInt(right.name())),
                Math.max(left.second(), right.second()));
    }

    @Test
    void w41_maxIsTheGreatestAndTheFirstOfEquals() {
        givenKeyed(event("1", 0), event("9", 4), event("9", 5), event("3", 8), event("10", 12))
                .through(events -> results(events.maxWindow("max", inOrder(), TENS, BY_NAME)))
                .expect(all("0 Event[name=9, second=4]"), all("1 Event[name=10, second=12]"));
    }

    @Test
    void w41_minIsTheLeastAndTheFirstOfEquals() {
        givenKeyed(event("1", 0), event("9", 4), event("1", 5), event("3", 8), event("10", 12))
                .through(events -> results(events.minWindow("min", inOrder(), TENS, BY_NAME)))
                .expect(all("0 Event[name=1, second=0]"), all("1 Event[name=10, second=12]"));
    }

    @Test
    void firstOfEqualsIsTheFirstToArriveThoughWindowsOverlap() {
        givenKeyed(event("12", 7), event("2", 3))
                .through(
                        events ->
                                results(
                                        events.minWindow(
                                                "min", waiting(seconds(60)), FIVES, BY_LAST_DIGIT)))
                .expect(
                        all("-1 Event[name=2, second=3]"),
                        all("0 Event[name=12, second=7]"),
                        all("1 Event[name=12, second=7]"));
    }

    @Test
    void firstOfEqualsIsTheFirstToArriveThoughSessionsBecomeOne() {
        givenKeyed(event("12", 20), event("2", 0), event("1", 10))
                .through(
                        events ->
                                results(
                                        events.maxWindow(
                                                "max",
                                                waiting(seconds(60)),
                                                SESSIONS,
                                                BY_LAST_DIGIT)))
                .expect(all("1 Event[name=12, second=20]"));
    }

    @Test
    void windowsByCountHoldSoManyValues() {
        givenKeyed(event("a", 0), event("b", 50), event("c", 7), event("d", 8), event("e", 9))
                .through(
                        events ->
                                results(
                                        events.mapValue("name", Event::name)
                                                .collectWindow(
                                                        "pairs",
                                                        WindowTimeSpec.always(),
                                                        CountWindower.of(2),
                                                        Into.list())))
                .expect(all("0 [a, b]"), all("1 [c, d]"), all("2 [e]"));
    }
}
