package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;
import static dev.waxwing.testing.TestItems.pause;

import dev.waxwing.KeyedStream;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.StateOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code statefulMap} means on any runner. */
public abstract class StatefulMapSpec extends OperatorSpec {

    @Test
    void eachValueMeetsTheStateThatTheOneBeforeLeft() {
        givenKeyed(
                        keyed("a", 2.0),
                        keyed("a", 5.0),
                        keyed("a", 8.0),
                        keyed("a", 1.0),
                        keyed("a", 3.0))
                .through(pairs -> pairs.statefulMap("mean", StatefulMapSpec::meanOfTheLast))
                .expect(
                        keyed("a", 2.0),
                        keyed("a", 3.5),
                        keyed("a", 5.0),
                        keyed("a", 2.0),
                        keyed("a", 2.5));
    }

    @Test
    void discardedStateIsNotMetAgain() {
        givenKeyed(keyed("a", 1), keyed("a", 2), keyed("a", 3), keyed("a", 4))
                .through(
                        pairs ->
                                pairs.<String, Integer>statefulMap(
                                        "pairs",
                                        (first, n) ->
                                                first == null
                                                        ? StateUpdate.keep(n, "first " + n)
                                                        : StateUpdate.discard(first + " and " + n)))
                .expect(
                        keyed("a", "first 1"),
                        keyed("a", "1 and 2"),
                        keyed("a", "first 3"),
                        keyed("a", "3 and 4"));
    }

    @Test
    void stateMayBecomeOfAnotherClass() {
        givenKeyed(keyed("a", 1), keyed("a", 2), keyed("a", 3), keyed("a", 4))
                .through(
                        pairs ->
                                pairs.<String, Object>statefulMap(
                                        "either",
                                        (state, n) ->
                                                StateUpdate.keep(
                                                        n % 2 == 0
                                                                ? (Object) ("s" + n)
                                                                : (Long) (long) n,
                                                        "after " + state)))
                .expect(
                        keyed("a", "after null"),
                        keyed("a", "after 1"),
                        keyed("a", "after s2"),
                        keyed("a", "after 3"));
    }

    @Test
    void nullResultNamesStepAndKey() {
        givenKeyed(keyed("a", 1))
                .through(
                        pairs ->
                                pairs.<Integer, Integer>statefulMap(
                                        "bad", (state, n) -> nullResult()))
                .expectFailure(
                        "step 'flow.bad': onItem threw",
                        "the mapper must not return null; return StateUpdate.keep or"
                                + " StateUpdate.discard for key 'a'");
    }

    @Test
    void failureOfTheMapperNamesStepAndKey() {
        givenKeyed(keyed("a", 1))
                .through(
                        pairs ->
                                pairs.<Integer, Integer>statefulMap(
                                        "bad", (state, n) -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom for key 'a'");
    }

    @Test
    void stateOfASilentKeyExpires() {
        givenKeyed(keyed("a", 1), keyed("a", 2), pause(Duration.ofMillis(250)), keyed("a", 3))
                .through(pairs -> sum(pairs, Duration.ofMillis(100)))
                .inRealTime()
                .expect(keyed("a", 1), keyed("a", 3), keyed("a", 3));
    }

    @Test
    void stateOfABusyKeyStays() {
        givenKeyed(keyed("a", 1), keyed("a", 2), pause(Duration.ofMillis(20)), keyed("a", 3))
                .through(pairs -> sum(pairs, Duration.ofHours(1)))
                .expect(keyed("a", 1), keyed("a", 3), keyed("a", 6));
    }

    @Test
    void stateThatIsKeptForEverStays() {
        givenKeyed(keyed("a", 1), keyed("a", 2))
                .through(pairs -> sum(pairs, Duration.ofSeconds(Long.MAX_VALUE)))
                .expect(keyed("a", 1), keyed("a", 3));
    }

    private static KeyedStream<String, Integer> sum(
            KeyedStream<String, Integer> pairs, Duration timeToLive) {
        return pairs.<Integer, Integer>statefulMap(
                "sum",
                (sum, n) ->
                        StateUpdate.keep((sum == null ? 0 : sum) + n, (sum == null ? 0 : sum) + n),
                StateOptions.expireAfter(timeToLive));
    }

    /** Drops the newest three of more than three before it takes the mean. */
    private static StateUpdate<List<Double>, Double> meanOfTheLast(
            @Nullable List<Double> before, Double value) {
        List<Double> values = before == null ? new ArrayList<>() : new ArrayList<>(before);
        values.add(value);
        if (values.size() > 3) {
            values.subList(values.size() - 3, values.size()).clear();
        }
        return StateUpdate.keep(
                values, values.stream().mapToDouble(Double::doubleValue).average().orElse(0));
    }

    @Test
    void keyWithoutAHashFailsTheStepAndNotTheSource() {
        given(1).throughKeyed(
                        numbers ->
                                numbers.keyOn("key", n -> new Moody(n, 0))
                                        .statefulMap("count", StatefulMapSpec::count))
                .expectFailure(
                        "step 'flow.count'",
                        "hashCode, equals or compareTo threw java.lang.IllegalStateException: no hash for key 'Moody[number=1, good=0]'");
    }

    @Test
    void keyThatCannotBeComparedFailsTheStepAndNotTheSource() {
        given(1, 2)
                .throughKeyed(
                        numbers ->
                                numbers.keyOn("key", n -> new Moody(n, 1))
                                        .statefulMap("count", StatefulMapSpec::count))
                .expectFailure(
                        "step 'flow.count'",
                        "hashCode, equals or compareTo threw java.lang.IllegalStateException: not comparable for key 'Moody[number=2, good=1]'");
    }

    private static StateUpdate<Long, Long> count(@Nullable Long count, int number) {
        long next = count == null ? 1 : count + 1;
        return StateUpdate.keep(next, next);
    }

    /** Cannot tell its hash, or whether it equals another. */
    private record Moody(int number, int good) {

        @Override
        public int hashCode() {
            if (good == 0) {
                throw new IllegalStateException("no hash");
            }
            return 1;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (other != this) {
                throw new IllegalStateException("not comparable");
            }
            return true;
        }
    }
}
