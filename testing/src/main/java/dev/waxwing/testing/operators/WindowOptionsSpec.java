package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.endOfInput;
import static dev.waxwing.testing.operators.WindowFlows.FIVES;
import static dev.waxwing.testing.operators.WindowFlows.FOR_EVER;
import static dev.waxwing.testing.operators.WindowFlows.SESSIONS;
import static dev.waxwing.testing.operators.WindowFlows.TENS;
import static dev.waxwing.testing.operators.WindowFlows.bounds;
import static dev.waxwing.testing.operators.WindowFlows.event;
import static dev.waxwing.testing.operators.WindowFlows.inOrder;
import static dev.waxwing.testing.operators.WindowFlows.late;
import static dev.waxwing.testing.operators.WindowFlows.names;
import static dev.waxwing.testing.operators.WindowFlows.results;
import static dev.waxwing.testing.operators.WindowFlows.seconds;
import static dev.waxwing.testing.operators.WindowFlows.waiting;

import dev.waxwing.Keyed;
import dev.waxwing.windowing.WindowOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the options of a window step change, and what its three streams carry. */
public abstract class WindowOptionsSpec extends OperatorSpec {

    private static Keyed<String, String> all(String result) {
        return new Keyed<>("ALL", result);
    }

    @Test
    void w28_eachClosedWindowIsToldWithItsBounds() {
        givenKeyed(event("a", 1), event("b", 12), event("c", 38))
                .through(events -> bounds(names(events, inOrder(), TENS)))
                .expect(all("0 [0, 10]"), all("1 [10, 20]"), all("3 [30, 40]"));
    }

    @Test
    void w29_sessionsThatBecameOneAreToldOnce() {
        givenKeyed(event("a", 20), event("b", 0), event("c", 40), event("d", 10), event("e", 30))
                .through(
                        events ->
                                bounds(
                                        names(events, waiting(seconds(60)), SESSIONS)
                                                .with(WindowOptions.unordered())))
                .expect(all("1 [0, 40] [0, 2]"));
    }

    @Test
    void w37_sessionsThatBecomeOneCombineWhatTheyHave() {
        givenKeyed(event("a", 0), event("b", 20), event("c", 10))
                .through(
                        events ->
                                results(
                                        names(events, waiting(seconds(60)), SESSIONS)
                                                .with(WindowOptions.unordered())))
                .expect(all("0 abc"));
    }

    @Test
    void w30_orderedValuesAreTakenByTimestamp() {
        givenKeyed(event("1", 0), event("3", 8), event("2", 4))
                .through(events -> results(names(events, waiting(FOR_EVER), TENS)))
                .expect(all("0 123"));
    }

    @Test
    void w31_unorderedValuesAreTakenAsTheyCome() {
        givenKeyed(event("1", 0), event("3", 8), event("2", 4))
                .through(
                        events ->
                                results(
                                        names(events, waiting(FOR_EVER), TENS)
                                                .with(WindowOptions.unordered())))
                .expect(all("0 132"));
    }

    @Test
    void w32_endOfInputClosesAllWindows() {
        givenKeyed(event("a", 1), event("b", 11), event("c", 21))
                .through(events -> results(names(events, waiting(FOR_EVER), FIVES)))
                .expect(all("-1 a"), all("0 a"), all("1 b"), all("2 b"), all("3 c"), all("4 c"));
    }

    @Test
    void continuationBeginsWithoutOpenWindows() {
        givenKeyed(event("a", 1), endOfInput(), event("b", 2), event("c", 12))
                .through(events -> results(names(events, inOrder(), TENS)))
                .expect(all("0 a"), all("0 b"), all("1 c"));
    }

    @Test
    void w26_lateValueIsToldOnceForEachWindow() {
        givenKeyed(event("a", 16), event("h", 1), event("i", 16), event("j", 15))
                .through(events -> late(names(events, inOrder(), FIVES)))
                .expect(all("-1 h"), all("0 h"), all("2 j"), all("3 j"));
    }

    @Test
    void lateValueOfSessionsHasNoId() {
        givenKeyed(event("a", 16), event("h", 1))
                .through(events -> late(names(events, inOrder(), SESSIONS)))
                .expect(all("-1 h"));
    }

    @Test
    void w48_lateStaysLateAfterTheLastWindowHasClosed() {
        givenKeyed(event("a", 16), endOfInput(), event("h", 1))
                .through(events -> late(names(events, inOrder(), TENS)))
                .expect(all("0 h"));
    }

    @Test
    void keyWithoutRetentionIsAsNewAfterItsLastWindow() {
        givenKeyed(event("a", 16), endOfInput(), event("h", 1))
                .through(
                        events ->
                                results(
                                        names(events, inOrder(), TENS)
                                                .with(
                                                        WindowOptions.ordered()
                                                                .withRetention(Duration.ZERO))))
                .expect(all("1 a"), all("0 h"));
    }

    @Test
    void allowedLatenessUpdatesResults() {
        givenKeyed(event("a", 1), event("b", 15), event("c", 5), event("d", 20), event("e", 9))
                .through(
                        events ->
                                results(
                                        names(events, inOrder(), TENS)
                                                .with(
                                                        WindowOptions.ordered()
                                                                .withAllowedLateness(seconds(10)))))
                .expect(all("0 a"), all("0 ac UPDATE"), all("1 b"), all("2 d"));
    }

    @Test
    void sessionThatGaveItsResultIsWithdrawnBeforeItBecomesPartOfAnother() {
        givenKeyed(event("a", 0), event("b", 15), event("c", 40), event("d", 8), event("e", 200))
                .through(
                        events ->
                                results(
                                        names(events, inOrder(), SESSIONS)
                                                .with(
                                                        WindowOptions.unordered()
                                                                .withAllowedLateness(seconds(60)))))
                .expect(
                        all("0 a"),
                        all("1 b"),
                        all("1 into 0"),
                        all("0 abd UPDATE"),
                        all("2 c"),
                        all("3 e"));
    }

    @Test
    void sessionThatGaveEarlyResultsIsWithdrawnBeforeItBecomesPartOfAnother() {
        givenKeyed(event("a", 0), event("b", 15), event("d", 8))
                .through(
                        events ->
                                results(
                                        names(events, waiting(seconds(60)), SESSIONS)
                                                .with(
                                                        WindowOptions.unordered()
                                                                .withEarlyResultEvery(1))))
                .expect(
                        all("0 a EARLY"),
                        all("1 b EARLY"),
                        all("1 into 0"),
                        all("0 abd EARLY"),
                        all("0 abd"));
    }

    @Test
    void sessionWithoutEarlyResultsYetIsNotWithdrawn() {
        givenKeyed(event("a", 0), event("b", 1), event("c", 15), event("d", 8))
                .through(
                        events ->
                                results(
                                        names(events, waiting(seconds(60)), SESSIONS)
                                                .with(
                                                        WindowOptions.unordered()
                                                                .withEarlyResultEvery(2))))
                .expect(all("0 ab EARLY"), all("0 abcd EARLY"), all("0 abcd"));
    }

    @Test
    void eachOfTheSessionsThatOneBecomesIsWithdrawn() {
        givenKeyed(event("a", 20), event("b", 0), event("c", 40), event("d", 10), event("e", 30))
                .through(
                        events ->
                                results(
                                        names(events, waiting(seconds(60)), SESSIONS)
                                                .with(
                                                        WindowOptions.unordered()
                                                                .withEarlyResultEvery(1))))
                .expect(
                        all("0 a EARLY"),
                        all("1 b EARLY"),
                        all("2 c EARLY"),
                        all("0 into 1"),
                        all("1 bad EARLY"),
                        all("2 into 1"),
                        all("1 badce EARLY"),
                        all("1 badce"));
    }

    @Test
    void windowIsToldOnceAfterTheAllowedLateness() {
        givenKeyed(event("a", 1), event("b", 15), event("c", 5), event("d", 20))
                .through(
                        events ->
                                bounds(
                                        names(events, inOrder(), TENS)
                                                .with(
                                                        WindowOptions.ordered()
                                                                .withAllowedLateness(seconds(10)))))
                .expect(all("0 [0, 10]"), all("1 [10, 20]"), all("2 [20, 30]"));
    }

    @Test
    void earlyResultsComeAfterEachSoManyValues() {
        givenKeyed(event("a", 1), event("b", 2), event("c", 3), event("d", 12))
                .through(
                        events ->
                                results(
                                        names(events, inOrder(), TENS)
                                                .with(
                                                        WindowOptions.ordered()
                                                                .withEarlyResultEvery(2))))
                .expect(all("0 ab EARLY"), all("0 abc"), all("1 d"));
    }

    @Test
    void earlyResultsComeInTimeWithoutInput() {
        givenKeyed(
                        event("a", 1),
                        dev.waxwing.testing.TestItems.pause(Duration.ofMillis(250)),
                        event("b", 2))
                .through(
                        events ->
                                results(
                                        names(events, inOrder(), TENS)
                                                .with(
                                                        WindowOptions.ordered()
                                                                .withEarlyResultEvery(
                                                                        Duration.ofMillis(20)))))
                .inRealTime()
                .expect(all("0 a EARLY"), all("0 ab"));
    }
}
