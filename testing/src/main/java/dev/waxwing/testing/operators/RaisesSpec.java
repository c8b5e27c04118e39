package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;

import org.junit.jupiter.api.Test;

/** What {@code raises} means on any runner. */
public abstract class RaisesSpec extends OperatorSpec {

    @Test
    void firstItemFailsTheExecution() {
        given(41, 42)
                .through(
                        numbers -> {
                            numbers.raises("never");
                            return numbers;
                        })
                .expectFailure("step 'flow.never'", "must get no items, but got: 41");
    }

    @Test
    void noItemsAreFine() {
        given(1, 2)
                .through(
                        numbers -> {
                            numbers.filter("none", n -> n > 2).raises("never");
                            return numbers;
                        })
                .expect(1, 2);
    }

    @Test
    void firstValueFailsTheExecution() {
        givenKeyed(keyed("a", 41), keyed("a", 42))
                .through(
                        pairs -> {
                            pairs.filterValue("some", n -> n > 40).raises("never");
                            return pairs;
                        })
                .expectFailure("step 'flow.never'", "must get no items, but got: 41");
    }
}
