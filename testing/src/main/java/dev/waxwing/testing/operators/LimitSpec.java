package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.endOfInput;
import static dev.waxwing.testing.TestItems.keyed;

import org.junit.jupiter.api.Test;

/** Specifies {@code limit} on any runner. */
public abstract class LimitSpec extends OperatorSpec {

    @Test
    void firstItemsOfAPartitionAreKept() {
        given(1, 2, 3, 4, 5).through(numbers -> numbers.limit("few", 3)).expect(1, 2, 3);
    }

    @Test
    void itemsOfAllWorkersAreCountedTogether() {
        given(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
                .through(
                        numbers ->
                                numbers.redistribute("spread")
                                        .limit("few", 4)
                                        .map("any", number -> "one"))
                .expect("one", "one", "one", "one");
    }

    @Test
    void fewerItemsThanTheLimitAllPass() {
        given(1, 2).through(numbers -> numbers.limit("few", Long.MAX_VALUE)).expect(1, 2);
    }

    @Test
    void inputGoesOnForOthers() {
        given(1, 2, 3)
                .through(
                        numbers ->
                                numbers.map("other", n -> -n)
                                        .merge("both", numbers.limit("few", 1)))
                .expectInAnyOrder(-1, -2, -3, 1);
    }

    @Test
    void itemsBeforeACrashCount() {
        given(1, 2, crash(), 3, crash(), 4, 5)
                .through(numbers -> numbers.limit("few", 4))
                .expect(1, 2, 3, 4);
        givenKeyed(keyed("a", 1), keyed("b", 2), crash(), keyed("a", 3), keyed("a", 4))
                .through(pairs -> pairs.limit("few", 2))
                .expect(keyed("a", 1), keyed("b", 2), keyed("a", 3));
    }

    @Test
    void itemsBeforeTheEndOfInputCount() {
        given(1, 2, endOfInput(), 3, 4).through(numbers -> numbers.limit("few", 3)).expect(1, 2, 3);
        givenKeyed(keyed("a", 1), endOfInput(), keyed("a", 2), keyed("b", 3))
                .through(pairs -> pairs.limit("few", 1))
                .expect(keyed("a", 1), keyed("b", 3));
    }

    @Test
    void valuesOfEachKeyAreCountedByThemselves() {
        givenKeyed(
                        keyed("a", 1),
                        keyed("a", 2),
                        keyed("b", 3),
                        keyed("a", 4),
                        keyed("b", 5),
                        keyed("b", 6))
                .through(pairs -> pairs.limit("few", 2))
                .expect(keyed("a", 1), keyed("a", 2), keyed("b", 3), keyed("b", 5));
    }
}
