package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;

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
}
