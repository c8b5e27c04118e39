package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.step.DataflowException;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import org.junit.jupiter.api.Test;

/**
 * Dataflows of more steps than a thread has stack for, and functions that want more than it has.
 */
final class DeepChainTest {

    private static final int STEPS = 5_000;

    private final Dataflow flow = Dataflow.named("flow");

    @Test
    void stepsOneAfterTheOtherMayBeAsManyAsOneLikes() throws Exception {
        Stream<Integer> numbers = flow.input("in", TestSource.of(1, 2, 3));
        for (int i = 0; i < STEPS; i++) {
            numbers = numbers.map("map-" + i, number -> 1 + deep(number, 20));
        }
        var out = new TestSink<Integer>();
        numbers.output("out", out);

        Runs.run(flow, EmbeddedOptions.defaults());

        assertThat(out.committed()).containsExactly(STEPS + 1, STEPS + 2, STEPS + 3);
    }

    @Test
    void stepsSideBySideMayBeAsManyAsOneLikes() throws Exception {
        Stream<Integer> numbers = flow.input("in", TestSource.of(1, 2, 3));
        var out = new TestSink<Integer>();
        Stream<Integer> all = numbers.filter("none", number -> false);
        for (int i = 0; i < STEPS; i++) {
            numbers.filter("filter-" + i, number -> deep(number, 20) == 2).output("out-" + i, out);
        }
        all.output("out", out);

        Runs.run(flow, EmbeddedOptions.defaults());

        assertThat(out.committed()).hasSize(STEPS).containsOnly(2);
    }

    @Test
    void functionThatWantsMoreStackThanThereIsFailsAndIsNotStartedAgain() {
        flow.input("in", TestSource.of(1, 2, 3))
                .map("endless", number -> deep(number, Integer.MAX_VALUE))
                .output("out", new TestSink<>());

        assertThatThrownBy(
                        () ->
                                Runs.run(
                                        flow,
                                        EmbeddedOptions.defaults()
                                                .withRestarts(RestartPolicy.upTo(1_000))))
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining("step 'flow.endless'")
                .hasRootCauseInstanceOf(StackOverflowError.class);
    }

    private static int deep(int number, int depth) {
        return depth == 0 ? number : deep(number, depth - 1);
    }
}
