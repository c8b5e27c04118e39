package dev.waxwing.testing.operators;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code flatMap} means on any runner. */
public abstract class FlatMapSpec extends OperatorSpec {

    @Test
    void emitsAllElementsInOrder() {
        given("split this", "and that")
                .through(lines -> lines.flatMap("words", line -> List.of(line.split(" "))))
                .expect("split", "this", "and", "that");
    }

    @Test
    void takesAnyIterable() {
        given(2, 4)
                .through(numbers -> numbers.flatMap("repeat", n -> Collections.nCopies(n, n)))
                .expect(2, 2, 4, 4, 4, 4);
    }

    @Test
    void emptyResultsVanish() {
        given(1, 2)
                .through(numbers -> numbers.<Integer>flatMap("drop", n -> List.of()))
                .expectNothing();
    }

    @Test
    void nullResultNamesTheStep() {
        given(1).through(numbers -> numbers.<Integer>flatMap("bad", n -> nullResult()))
                .expectFailure("step 'flow.bad'", "NullPointerException");
    }

    @Test
    void nullElementIsRefused() {
        given(1).through(
                        numbers ->
                                numbers.<Integer>flatMap(
                                        "bad", n -> Collections.nCopies(1, nullResult())))
                .expectFailure("step 'flow.bad'", "emitted a null item");
    }

    @Test
    void failureWhileIteratingNamesTheStep() {
        given(1).through(numbers -> numbers.<Integer>flatMap("bad", n -> () -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom");
    }
}
