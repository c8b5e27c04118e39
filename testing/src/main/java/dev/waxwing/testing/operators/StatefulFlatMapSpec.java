package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;
import static dev.waxwing.testing.TestItems.pause;

import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.StateOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code statefulFlatMap} means on any runner. */
public abstract class StatefulFlatMapSpec extends OperatorSpec {

    @Test
    void emitsAnyNumberForAValue() {
        givenKeyed(keyed("a", 2), keyed("a", 5), keyed("a", 8), keyed("a", 1), keyed("a", 3))
                .through(
                        pairs ->
                                pairs.<Integer, Integer>statefulFlatMap(
                                        "rising",
                                        (last, n) ->
                                                StateUpdate.keep(
                                                        n,
                                                        last == null || n > last
                                                                ? List.of(n)
                                                                : List.of())))
                .expect(keyed("a", 2), keyed("a", 5), keyed("a", 8), keyed("a", 3));
    }

    @Test
    void discardedStateIsNotMetAgain() {
        givenKeyed(keyed("a", 1), keyed("a", 2), keyed("a", 3))
                .through(
                        pairs ->
                                pairs.<Object, Integer>statefulFlatMap(
                                        "pairs",
                                        (first, n) ->
                                                first == null
                                                        ? StateUpdate.keep(n, List.of())
                                                        : StateUpdate.discard(List.of(first, n))))
                .expect(keyed("a", 1), keyed("a", 2));
    }

    @Test
    void failureOfTheMapperNamesStepAndKey() {
        givenKeyed(keyed("a", 1))
                .through(
                        pairs ->
                                pairs.<Integer, Integer>statefulFlatMap(
                                        "bad", (state, n) -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom for key 'a'");
    }

    @Test
    void stateOfASilentKeyExpires() {
        givenKeyed(keyed("a", 1), pause(Duration.ofMillis(250)), keyed("a", 2))
                .through(
                        pairs ->
                                pairs.<String, Integer>statefulFlatMap(
                                        "seen",
                                        (last, n) -> StateUpdate.keep(n, List.of(last + " " + n)),
                                        StateOptions.expireAfter(Duration.ofMillis(100))))
                .inRealTime()
                .expect(keyed("a", "null 1"), keyed("a", "null 2"));
    }
}
