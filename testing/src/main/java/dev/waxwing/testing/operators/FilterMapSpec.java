package dev.waxwing.testing.operators;

import org.junit.jupiter.api.Test;

/** What {@code filterMap} means on any runner. */
public abstract class FilterMapSpec extends OperatorSpec {

    @Test
    @SuppressWarnings("NullAway") // it does not know that this result may be null
    void dropsNullResults() {
        given(0, 1, 2, 3, 4, 5)
                .through(
                        numbers ->
                                numbers.<Integer>filterMap(
                                        "add-even", n -> n % 2 == 0 ? n + 1 : null))
                .expect(1, 3, 5);
    }

    @Test
    void failureOfTheMapperNamesTheStep() {
        given(1).through(numbers -> numbers.<Integer>filterMap("bad", n -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom");
    }
}
