package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.keyed;
import static dev.waxwing.testing.TestItems.pause;

import dev.waxwing.step.CollectOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code collect} means on any runner. */
public abstract class CollectSpec extends OperatorSpec {

    private static final CollectOptions BY_THREE = CollectOptions.upTo(3, Duration.ofHours(1));

    private static final CollectOptions BY_TIME = CollectOptions.upTo(100, Duration.ofMillis(300));

    @Test
    void fullListsAreEmittedAndTheRestAtTheEndOfInput() {
        givenKeyed(
                        keyed("a", 0),
                        keyed("a", 1),
                        keyed("a", 2),
                        keyed("a", 3),
                        keyed("a", 4),
                        keyed("a", 5),
                        keyed("a", 6))
                .through(pairs -> pairs.collect("lists", BY_THREE))
                .expect(
                        keyed("a", List.of(0, 1, 2)),
                        keyed("a", List.of(3, 4, 5)),
                        keyed("a", List.of(6)));
    }

    @Test
    void keysAreCollectedApart() {
        givenKeyed(keyed("a", 1), keyed("b", 2), keyed("a", 3))
                .through(pairs -> pairs.collect("lists", BY_THREE))
                .expect(keyed("a", List.of(1, 3)), keyed("b", List.of(2)));
    }

    @Test
    void listIsEmittedAfterTheTimeoutWithoutFurtherInput() {
        givenKeyed(keyed("a", 1), pause(Duration.ofMillis(700)), keyed("a", 2))
                .through(pairs -> pairs.collect("lists", BY_TIME))
                .inRealTime()
                .expect(keyed("a", List.of(1)), keyed("a", List.of(2)));
    }

    @Test
    void timeoutCountsFromTheFirstValue() {
        givenKeyed(
                        keyed("a", 1),
                        pause(Duration.ofMillis(200)),
                        keyed("a", 2),
                        pause(Duration.ofMillis(200)),
                        keyed("a", 3))
                .through(pairs -> pairs.collect("lists", BY_TIME))
                .inRealTime()
                .expect(keyed("a", List.of(1, 2)), keyed("a", List.of(3)));
    }

    @Test
    void timeoutCountsFromTheLastValueIfAsked() {
        givenKeyed(
                        keyed("a", 1),
                        pause(Duration.ofMillis(200)),
                        keyed("a", 2),
                        pause(Duration.ofMillis(200)),
                        keyed("a", 3))
                .through(
                        pairs ->
                                pairs.collect(
                                        "lists",
                                        BY_TIME.withTimeoutSince(CollectOptions.Since.LAST)))
                .inRealTime()
                .expect(keyed("a", List.of(1, 2, 3)));
    }

    @Test
    void listSurvivesACrash() {
        givenKeyed(keyed("a", 1), crash(), keyed("a", 2), crash(), keyed("a", 3), keyed("a", 4))
                .through(pairs -> pairs.collect("lists", BY_THREE))
                .expect(keyed("a", List.of(1, 2, 3)), keyed("a", List.of(4)));
    }
}
