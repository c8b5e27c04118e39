package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the operators on the values of keyed streams mean on any runner. */
public abstract class ValueOperatorsSpec extends OperatorSpec {

    @Test
    void mapValueKeepsKeys() {
        givenKeyed(keyed("a", 1), keyed("b", 2), keyed("a", 3))
                .through(pairs -> pairs.mapValue("add", n -> n + 1))
                .expect(keyed("a", 2), keyed("b", 3), keyed("a", 4));
    }

    @Test
    void flatMapValueEmitsUnderTheSameKey() {
        givenKeyed(keyed("a", 2), keyed("b", 4))
                .through(pairs -> pairs.flatMapValue("repeat", n -> Collections.nCopies(n, n)))
                .expect(
                        keyed("a", 2),
                        keyed("a", 2),
                        keyed("b", 4),
                        keyed("b", 4),
                        keyed("b", 4),
                        keyed("b", 4));
    }

    @Test
    void filterValueLooksAtTheValueOnly() {
        givenKeyed(keyed("even", 1), keyed("odd", 2), keyed("odd", 3))
                .through(pairs -> pairs.filterValue("odd", n -> n % 2 == 1))
                .expect(keyed("even", 1), keyed("odd", 3));
    }

    @Test
    @SuppressWarnings("NullAway") // it does not know that this result may be null
    void filterMapValueDropsNullResults() {
        givenKeyed(keyed("a", 1), keyed("a", 2), keyed("b", 3))
                .through(
                        pairs ->
                                pairs.<Integer>filterMapValue(
                                        "odd", n -> n % 2 == 1 ? n * 10 : null))
                .expect(keyed("a", 10), keyed("b", 30));
    }

    @Test
    void mapMakesOneItemOfKeyAndValue() {
        givenKeyed(keyed("a", 1), keyed("b", 2))
                .throughPlain(pairs -> pairs.map("text", (key, n) -> key + n))
                .expect("a1", "b2");
    }

    @Test
    void dropKeyEmitsValues() {
        givenKeyed(keyed("a", 1), keyed("b", 2))
                .throughPlain(pairs -> pairs.dropKey("values"))
                .expect(1, 2);
    }

    @Test
    void failureNamesStepAndKey() {
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.<Integer>mapValue("bad", n -> failWith("boom")))
                .expectFailure(
                        "step 'flow.bad': the function threw",
                        "java.lang.IllegalStateException: boom for key 'a'");
    }

    @Test
    void nullValueIsRefused() {
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.<Integer>mapValue("bad", n -> nullResult()))
                .expectFailure("step 'flow.bad'", "emitted a null item");
    }

    @Test
    void nullElementOfAFlatMapIsRefused() {
        givenKeyed(keyed("a", 1))
                .through(
                        pairs ->
                                pairs.<Integer>flatMapValue(
                                        "bad", n -> Collections.nCopies(1, nullResult())))
                .expectFailure("step 'flow.bad'", "emitted a null item");
    }

    @Test
    void emptyFlatMapResultsVanish() {
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.<Integer>flatMapValue("none", n -> List.of()))
                .expectNothing();
    }
}
