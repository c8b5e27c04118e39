package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.keyed;

import dev.waxwing.Stream;
import dev.waxwing.Stream.Branches;
import org.junit.jupiter.api.Test;

/** What {@code branch} and {@code branchValue} mean on any runner. */
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
                            Branches<Stream<Integer>> sides =
                                    numbers.branch("odd", n -> n % 2 == 1);
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

    @Test
    void valuesArePartedUnderTheirKeys() {
        givenKeyed(keyed("a", 1), keyed("b", 2), keyed("a", 3), keyed("b", 4))
                .through(pairs -> pairs.branchValue("odd", n -> n % 2 == 1).trues())
                .expect(keyed("a", 1), keyed("a", 3));
        givenKeyed(keyed("a", 1), keyed("b", 2), keyed("a", 3), keyed("b", 4))
                .through(pairs -> pairs.branchValue("odd", n -> n % 2 == 1).falses())
                .expect(keyed("b", 2), keyed("b", 4));
    }

    @Test
    void valuesOfBothSidesHaveTheStateOfTheirKey() {
        givenKeyed(keyed("a", 1), keyed("a", 2), crash(), keyed("a", 3), keyed("a", 4))
                .through(
                        pairs -> {
                            var sides = pairs.branchValue("odd", n -> n % 2 == 1);
                            return sides.trues().merge("both", sides.falses()).countFinal("count");
                        })
                .expect(keyed("a", 4L));
    }

    @Test
    void failureOfThePredicateOfValuesNamesStepAndKey() {
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.branchValue("bad", n -> failWith("boom")).falses())
                .expectFailure("step 'flow.bad'", "boom for key 'a'");
    }
}
