package dev.waxwing.testing.operators;

import org.junit.jupiter.api.Test;

/** What {@code map} means on any runner. */
public abstract class MapSpec extends OperatorSpec {

    @Test
    void replacesEachItemByTheResult() {
        given(0, 1, 2).through(numbers -> numbers.map("add", n -> n + 1)).expect(1, 2, 3);
    }

    @Test
    void noItemsGiveNoItems() {
        this.<Integer>givenAll(java.util.List.of())
                .through(numbers -> numbers.map("add", n -> n + 1))
                .expectNothing();
    }

    @Test
    void failureOfTheMapperNamesTheStepTheCauseAndTheItem() {
        given(1).through(numbers -> numbers.<Integer>map("bad", n -> failWith("boom")))
                .expectFailure(
                        "step 'flow.bad': the function threw",
                        "java.lang.IllegalStateException: boom for item 1");
    }

    @Test
    void nullResultIsRefused() {
        given(1).through(numbers -> numbers.<Integer>map("bad", n -> nullResult()))
                .expectFailure("step 'flow.bad'", "emitted a null item");
    }

    @Test
    void chainOfStepsKeepsTheOrder() {
        given(1, 2, 3, 4, 5, 6)
                .through(
                        numbers ->
                                numbers.map("double", n -> n * 2)
                                        .filter("not-six", n -> n != 6)
                                        .map("minus-one", n -> n - 1))
                .expect(1, 3, 7, 9, 11);
    }
}
