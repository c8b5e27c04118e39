package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.keyed;

import dev.waxwing.step.FailurePolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code keyOn} means on any runner. */
public abstract class KeyOnSpec extends OperatorSpec {

    private enum Parity {
        EVEN,
        ODD
    }

    private record Place(String region, int number) {}

    private static final class IdentityKey {}

    @Test
    void givesEachItemAKey() {
        given(1, 2, 3)
                .throughKeyed(numbers -> numbers.keyOn("text", n -> Integer.toString(n)))
                .expect(keyed("1", 1), keyed("2", 2), keyed("3", 3));
    }

    @Test
    void keysAreOfAnyTypeWithEquality() {
        given(1, 2, 3)
                .throughKeyed(
                        numbers ->
                                numbers.keyOn("parity", n -> n % 2 == 0 ? Parity.EVEN : Parity.ODD)
                                        .countFinal("count"))
                .expectInAnyOrder(keyed(Parity.EVEN, 1L), keyed(Parity.ODD, 2L));
    }

    @Test
    void recordsAreKeys() {
        given(1, 2, 3)
                .throughKeyed(
                        numbers ->
                                numbers.keyOn("place", n -> new Place("here", n % 2))
                                        .countFinal("count"))
                .expectInAnyOrder(keyed(new Place("here", 0), 1L), keyed(new Place("here", 1), 2L));
    }

    @Test
    void listsAreKeys() {
        given(1, 2, 3)
                .throughKeyed(
                        numbers ->
                                numbers.keyOn("list", n -> List.of("n", n % 2)).countFinal("count"))
                .expectInAnyOrder(keyed(List.of("n", 0), 1L), keyed(List.of("n", 1), 2L));
    }

    @Test
    void nullKeyIsRefused() {
        given(1).throughKeyed(numbers -> numbers.<String>keyOn("bad", n -> nullResult()))
                .expectFailure("step 'flow.bad'", "gave item 1 a null key; every item needs a key");
    }

    @Test
    void identityKeyIsRefused() {
        given(1).throughKeyed(numbers -> numbers.keyOn("bad", n -> new IdentityKey()))
                .expectFailure("step 'flow.bad'", "have no equals and hashCode of their own");
    }

    @Test
    void arrayKeyIsRefused() {
        given(1).throughKeyed(numbers -> numbers.keyOn("bad", n -> new int[] {n}))
                .expectFailure("step 'flow.bad': keys of int[]", "use strings, numbers");
    }

    @Test
    void failureOfTheKeyFunctionNamesTheStep() {
        given(1).throughKeyed(numbers -> numbers.<String>keyOn("bad", n -> failWith("boom")))
                .expectFailure("step 'flow.bad': the key function threw", "boom");
    }

    @Test
    void otherKeyIsMadeOfTheKeyAndTheValue() {
        givenKeyed(keyed("a", 1), keyed("b", 2))
                .through(pairs -> pairs.keyOn("both", (key, n) -> key + n))
                .expect(keyed("a1", 1), keyed("b2", 2));
    }

    @Test
    void valuesOfTheOtherKeyMeet() {
        givenKeyed(
                        keyed("a/1", 1),
                        keyed("b/1", 10),
                        crash(),
                        keyed("a/2", 2),
                        keyed("b/2", 20),
                        keyed("a/1", 3))
                .through(
                        pairs ->
                                pairs.reduceFinal("fine", Integer::sum)
                                        .keyOn("coarser", (key, sum) -> key.substring(0, 1))
                                        .reduceFinal("coarse", Integer::sum))
                .expectInAnyOrder(keyed("a", 6), keyed("b", 30));
    }

    @Test
    void otherKeysMayBeOfAnotherType() {
        givenKeyed(keyed("a", 1), keyed("b", 1), keyed("b", 2))
                .through(
                        pairs ->
                                pairs.keyOn("place", (key, n) -> new Place("here", n))
                                        .countFinal("count"))
                .expectInAnyOrder(keyed(new Place("here", 1), 2L), keyed(new Place("here", 2), 1L));
    }

    @Test
    void otherKeyThatIsNullIsRefused() {
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.<String>keyOn("bad", (key, n) -> nullResult()))
                .expectFailure("step 'flow.bad'", "gave item 1 a null key; every item needs a key");
    }

    @Test
    void otherKeyWithoutEqualityIsRefused() {
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.keyOn("bad", (key, n) -> new IdentityKey()))
                .expectFailure("step 'flow.bad'", "have no equals and hashCode of their own");
    }

    @Test
    void failureOfTheFunctionOfAnotherKeyNamesStepAndKey() {
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.<String>keyOn("bad", (key, n) -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom for key 'a'");
    }

    @Test
    void valueWithoutAnotherKeyMayBeADeadLetter() {
        givenKeyed(keyed("a", 1), keyed("b", 2))
                .through(
                        pairs ->
                                pairs.<String>keyOn(
                                                "other",
                                                (key, n) -> n == 1 ? nullResult() : key + n)
                                        .onFailure(FailurePolicy.deadLetter()))
                .expect(keyed("b2", 2));
    }
}
