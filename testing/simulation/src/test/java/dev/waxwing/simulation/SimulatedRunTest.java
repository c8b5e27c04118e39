package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.Keyed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What expectations accept and how they say what is wrong. */
final class SimulatedRunTest {

    private final Simulation world = new Simulation(1);

    @Test
    void anyOrderWillDoButEveryItemCounts() {
        SimulatedRun run = run(1, 2, 2);

        assertThatCode(() -> run.expectExactlyOnce(List.of(2, 1, 2))).doesNotThrowAnyException();
        assertThatThrownBy(() -> run.expectExactlyOnce(List.of(1, 2)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("2 is there 1 times too often");
        assertThatThrownBy(() -> run.expectExactlyOnce(List.of(1, 2, 2, 3)))
                .hasMessageContaining("3 is missing 1 times");
    }

    @Test
    void orderCountsWhereItIsExpected() {
        SimulatedRun run = run(1, 2);

        assertThatCode(() -> run.expectInOrder(List.of(1, 2))).doesNotThrowAnyException();
        assertThatThrownBy(() -> run.expectInOrder(List.of(2, 1)))
                .hasMessage("expected [2, 1], but found [1, 2]");
    }

    @Test
    void orderWithinAKeyCounts() {
        SimulatedRun run = run(new Keyed<>("a", 1), new Keyed<>("b", 9), new Keyed<>("a", 2));

        assertThatCode(() -> run.expectInOrderPerKey(Map.of("b", List.of(9), "a", List.of(1, 2))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> run.expectInOrderPerKey(Map.of("a", List.of(2, 1))))
                .hasMessageContaining("a has [1, 2], not [2, 1]")
                .hasMessageContaining("b was not expected");
    }

    @Test
    void withSeveralSinksOneMustBeNamed() {
        world.sink();
        SimulatedRun run = run(1);

        assertThatThrownBy(() -> run.expectExactlyOnce(List.of(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the world has 2 sinks");
    }

    @Test
    void dataflowGoesOnWhereItEnded() {
        SimulatedSource<Integer> source = world.source(List.of(1, 2));
        SimulatedSink<Integer> sink = world.sink();
        world.run(flow(source, sink));

        world.run(flow(source, sink)).expectExactlyOnce(List.of(1, 2));
    }

    private SimulatedRun run(Object... items) {
        return world.run(flow(world.source(List.of(items)), world.sink()));
    }

    private static <T> Dataflow flow(SimulatedSource<T> source, SimulatedSink<T> sink) {
        var flow = Dataflow.named("flow");
        flow.input("in", source).output("out", sink);
        return flow;
    }
}
