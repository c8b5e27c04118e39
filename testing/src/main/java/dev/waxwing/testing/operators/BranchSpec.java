package dev.waxwing.testing.operators;

import dev.waxwing.Stream.Branches;
import org.junit.jupiter.api.Test;

/** What {@code branch} means on any runner. */
public abstract class BranchSpec extends OperatorSpec {

    @Test
    void acceptedItemsGoToTrues() {
        given(1, 2, 3)
                .through(numbers -> numbers.branch("odd", n -> n % 2 == 1).trues())
                .expect(1, 3);
    }

    @Test
    void otherItemsGoToFalses() {
        given(1, 2, 3, 4)
                .through(numbers -> numbers.branch("odd", n -> n % 2 == 1).falses())
                .expect(2, 4);
    }

    @Test
    void bothSidesTogetherAreAllItems() {
        given(1, 2, 3)
                .through(
                        numbers -> {
                            Branches<Integer> sides = numbers.branch("odd", n -> n % 2 == 1);
                            return sides.trues()
                                    .map("trues", n -> "odd " + n)
                                    .merge("both", sides.falses().map("falses", n -> "even " + n));
                        })
                .expectInAnyOrder("odd 1", "even 2", "odd 3");
    }

    @Test
    void branchesByType() {
        this.<Object>given("a", 1, "b")
                .through(
                        items ->
                                items.branch("strings", item -> item instanceof String)
                                        .trues()
                                        .map("cast", String.class::cast))
                .expect("a", "b");
    }

    @Test
    void failureOfThePredicateNamesTheStep() {
        given(1).through(numbers -> numbers.branch("bad", n -> failWith("boom")).falses())
                .expectFailure("step 'flow.bad'", "boom");
    }

    @Test
    void streamFeedsAnyNumberOfSteps() {
        given(1, 2)
                .through(
                        numbers ->
                                numbers.map("left", n -> "left " + n)
                                        .merge("both", numbers.map("right", n -> "right " + n)))
                .expectInAnyOrder("left 1", "right 1", "left 2", "right 2");
    }
}
