package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.endOfInput;
import static dev.waxwing.testing.TestItems.keyed;
import static dev.waxwing.testing.TestItems.pause;

import dev.waxwing.step.StateOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Specifies {@code distinct} on any runner. */
public abstract class DistinctSpec extends OperatorSpec {

    private static final StateOptions FOR_AN_HOUR = StateOptions.expireAfter(Duration.ofHours(1));
    private static final StateOptions FOR_A_MOMENT =
            StateOptions.expireAfter(Duration.ofMillis(100));

    @Test
    void firstItemOfEachKeyIsKept() {
        given("an", "apple", "bee", "ant", "cat", "bat")
                .through(words -> words.distinct("letters", word -> word.charAt(0)))
                .expectInAnyOrder("an", "bee", "cat");
    }

    @Test
    void itemMayBeTheKey() {
        given(3, 1, 3, 3, 2, 1)
                .through(numbers -> numbers.distinct("numbers", n -> n, FOR_AN_HOUR))
                .expectInAnyOrder(3, 1, 2);
    }

    @Test
    void firstValueOfEachKeyIsKeptWhateverTheOthersAre() {
        givenKeyed(keyed("a", 1), keyed("a", 1), keyed("b", 1), keyed("a", 2), keyed("b", 3))
                .through(pairs -> pairs.distinct("first"))
                .expect(keyed("a", 1), keyed("b", 1));
    }

    @Test
    void everyWorkerAsksTheOneThatHasTheKey() {
        given(1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3)
                .through(
                        numbers ->
                                numbers.redistribute("spread")
                                        .distinct("numbers", number -> number))
                .expectInAnyOrder(1, 2, 3);
    }

    @Test
    void keysAreKnownAfterACrash() {
        givenKeyed(keyed("a", 1), crash(), keyed("a", 2), keyed("b", 3), crash(), keyed("b", 4))
                .through(pairs -> pairs.distinct("first"))
                .expect(keyed("a", 1), keyed("b", 3));
        givenKeyed(keyed("a", 1), crash(), keyed("a", 2), keyed("b", 3), crash(), keyed("b", 4))
                .through(pairs -> pairs.distinct("first", FOR_AN_HOUR))
                .expect(keyed("a", 1), keyed("b", 3));
    }

    @Test
    void keysAreKnownAfterTheEndOfInput() {
        given(1, endOfInput(), 1, 2)
                .through(numbers -> numbers.distinct("numbers", n -> n))
                .expectInAnyOrder(1, 2);
    }

    @Test
    void keyThatWasSilentForTooLongIsNew() {
        givenKeyed(keyed("a", 1), pause(Duration.ofMillis(250)), keyed("a", 2))
                .through(pairs -> pairs.distinct("first", FOR_A_MOMENT))
                .inRealTime()
                .expect(keyed("a", 1), keyed("a", 2));
        given(1, pause(Duration.ofMillis(250)), 1)
                .through(numbers -> numbers.distinct("numbers", n -> n, FOR_A_MOMENT))
                .inRealTime()
                .expect(1, 1);
    }

    @Test
    void keyThatThrowsIsNamed() {
        given(1).through(numbers -> numbers.distinct("bad", n -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom");
    }

    @Test
    void nullKeyIsNamed() {
        given(1).through(numbers -> numbers.distinct("bad", n -> nullResult()))
                .expectFailure("step 'flow.bad'", "null");
    }
}
