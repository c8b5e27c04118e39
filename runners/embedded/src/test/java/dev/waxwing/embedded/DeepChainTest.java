package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.DataflowException;
import dev.waxwing.Stream;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import org.junit.jupiter.api.Test;

/** A chain of more steps than a thread has stack for. */
final class DeepChainTest {

    private static final int STEPS = 5_000;

    @Test
    void failsForWantOfStackAndIsNotStartedAgain() {
        Dataflow flow = Dataflow.named("flow");
        Stream<Integer> numbers = flow.input("in", TestSource.of(1, 2, 3));
        for (int i = 0; i < STEPS; i++) {
            numbers = numbers.map("map-" + i, number -> deep(number, 20));
        }
        numbers.output("out", new TestSink<>());

        assertThatThrownBy(
                        () ->
                                Runs.run(
                                        flow,
                                        EmbeddedOptions.defaults()
                                                .withRestarts(RestartPolicy.upTo(1_000))))
                .isInstanceOf(DataflowException.class)
                .hasRootCauseInstanceOf(StackOverflowError.class);
    }

    private static int deep(int number, int depth) {
        return depth == 0 ? number : deep(number, depth - 1);
    }
}
