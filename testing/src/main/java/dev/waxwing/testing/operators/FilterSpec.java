package dev.waxwing.testing.operators;

import org.junit.jupiter.api.Test;

/** What {@code filter} means on any runner. */
public abstract class FilterSpec extends OperatorSpec {

    @Test
    void keepsOnlyAcceptedItemsInOrder() {
        given(1, 2, 3, 4).through(numbers -> numbers.filter("even", n -> n % 2 == 0)).expect(2, 4);
    }

    @Test
    void failureOfThePredicateNamesTheStep() {
        given(1).through(numbers -> numbers.filter("bad", n -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom");
    }
}
