package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.endOfInput;
import static dev.waxwing.testing.TestItems.keyed;

import dev.waxwing.function.TypeRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Specifies the folds that emit at each value, on any runner. */
public abstract class RunningSpec extends OperatorSpec {

    @Test
    void scanEmitsTheFoldAtEachValue() {
        givenKeyed(keyed("a", 3), keyed("a", 4), keyed("a", 5))
                .through(
                        pairs ->
                                pairs.<String>scan(
                                        "texts", () -> ">", (text, number) -> text + number))
                .expect(keyed("a", ">3"), keyed("a", ">34"), keyed("a", ">345"));
    }

    @Test
    void reduceEmitsTheFirstValueAndThenWhatAllComeTo() {
        givenKeyed(keyed("a", 4), keyed("a", 2), keyed("a", 9), keyed("a", 3))
                .through(pairs -> pairs.reduce("max", Math::max))
                .expect(keyed("a", 4), keyed("a", 4), keyed("a", 9), keyed("a", 9));
    }

    @Test
    void reducerGetsTheResultSoFarFirst() {
        givenKeyed(keyed("a", "x"), keyed("a", "y"), keyed("a", "z"))
                .through(pairs -> pairs.reduce("texts", String::concat))
                .expect(keyed("a", "x"), keyed("a", "xy"), keyed("a", "xyz"));
    }

    @Test
    void countEmitsTheNewCountAtEachValue() {
        givenKeyed(keyed("a", "x"), keyed("a", "x"), keyed("a", "y"))
                .through(pairs -> pairs.count("count"))
                .expect(keyed("a", 1L), keyed("a", 2L), keyed("a", 3L));
    }

    @Test
    void keysAreFoldedByThemselves() {
        given("a", "b", "a", "c", "b", "a")
                .throughKeyed(words -> words.keyOn("word", word -> word).count("count"))
                .expectInAnyOrder(
                        keyed("a", 1L),
                        keyed("a", 2L),
                        keyed("a", 3L),
                        keyed("b", 1L),
                        keyed("b", 2L),
                        keyed("c", 1L));
        given(1, 2, 11, 12, 21)
                .throughKeyed(
                        numbers ->
                                numbers.keyOn("digit", n -> n % 10)
                                        .scan("sum", () -> 100, Integer::sum))
                .expectInAnyOrder(
                        keyed(1, 101), keyed(1, 112), keyed(1, 133), keyed(2, 102), keyed(2, 114));
    }

    @Test
    void runningFoldsGoOnAfterACrash() {
        givenKeyed(keyed("a", 1), keyed("a", 2), crash(), keyed("a", 4))
                .through(pairs -> pairs.scan("sum", () -> 10L, (sum, n) -> sum + n))
                .expect(keyed("a", 11L), keyed("a", 13L), keyed("a", 17L));
        givenKeyed(keyed("a", 1), keyed("a", 2), crash(), keyed("a", 4))
                .through(pairs -> pairs.reduce("sum", Integer::sum))
                .expect(keyed("a", 1), keyed("a", 3), keyed("a", 7));
        givenKeyed(keyed("a", 1), keyed("a", 2), crash(), keyed("a", 4))
                .through(pairs -> pairs.count("count"))
                .expect(keyed("a", 1L), keyed("a", 2L), keyed("a", 3L));
    }

    @Test
    void runningFoldsGoOnAfterTheEndOfInput() {
        givenKeyed(keyed("a", 1), endOfInput(), keyed("a", 2))
                .through(pairs -> pairs.scan("sum", () -> 10, Integer::sum))
                .expect(keyed("a", 11), keyed("a", 13));
        givenKeyed(keyed("a", 1), endOfInput(), keyed("a", 2))
                .through(pairs -> pairs.reduce("sum", Integer::sum))
                .expect(keyed("a", 1), keyed("a", 3));
        givenKeyed(keyed("a", 1), endOfInput(), keyed("a", 2))
                .through(pairs -> pairs.count("count"))
                .expect(keyed("a", 1L), keyed("a", 2L));
    }

    @Test
    void stateOfATypeThatNothingTellsCanBeDeclared() {
        givenKeyed(keyed("a", 1), crash(), keyed("a", 2))
                .through(
                        pairs ->
                                pairs.<List<Integer>>scan("all", List::of, RunningSpec::with)
                                        .state(new TypeRef<List<Integer>>() {}))
                .expect(keyed("a", List.of(1)), keyed("a", List.of(1, 2)));
    }

    private static <T> List<T> with(List<T> before, T value) {
        List<T> all = new ArrayList<>(before);
        all.add(value);
        return all;
    }

    @Test
    void folderThatChangesWhatItEmittedIsNamed() {
        givenKeyed(keyed("a", 1), keyed("a", 2), keyed("a", 3))
                .through(
                        pairs ->
                                pairs.<List<Integer>>scan(
                                                "grow",
                                                ArrayList::new,
                                                (list, n) -> {
                                                    list.add(n);
                                                    return list;
                                                })
                                        .mapValue("size", List::size))
                .inModes(mode -> !mode.restoreAfterEachBatch())
                .expectFailure("step 'flow.grow'", "emitted an item that has changed since");
    }

    @Test
    void functionThatReturnsNullIsNamed() {
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.<Integer>scan("bad", () -> nullResult(), Integer::sum))
                .expectFailure("step 'flow.bad'", "the initial value must not be null for key 'a'");
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.<Integer>scan("bad", () -> 0, (sum, n) -> nullResult()))
                .expectFailure("step 'flow.bad'", "folder must not return null for key 'a'");
        givenKeyed(keyed("a", 1), keyed("a", 2))
                .through(pairs -> pairs.reduce("bad", (left, right) -> nullResult()))
                .expectFailure("step 'flow.bad'", "reducer must not return null for key 'a'");
    }

    @Test
    void functionThatThrowsIsNamed() {
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.<Integer>scan("bad", () -> 0, (sum, n) -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom for key 'a'");
        givenKeyed(keyed("a", 1), keyed("a", 2))
                .through(pairs -> pairs.reduce("bad", (left, right) -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom for key 'a'");
    }
}
