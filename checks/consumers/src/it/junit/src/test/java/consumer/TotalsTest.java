package consumer;

import static dev.waxwing.testing.TestItems.crash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.simulation.Simulation;
import dev.waxwing.simulation.SimulationTest;
import dev.waxwing.testing.TestRun;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TotalsTest {

    @Test
    void itemsSurviveACrash() {
        var out = new TestSink<Integer>();
        var flow = Dataflow.named("copy");
        flow.input("in", TestSource.of(1, 2, crash(), 3)).output("out", out);

        TestRun.of(flow).withEpochAfterEachBatch().run();

        assertThat(out.committed()).containsExactly(1, 2, 3);
    }

    @SimulationTest(seeds = 20)
    void itemsSurviveAnything(Simulation world) {
        var flow = Dataflow.named("copy");
        flow.input("in", world.keyedSource(List.of("a", "b", "c"), item -> item))
                .keyOn("key", item -> item)
                .dropKey("drop")
                .output("out", world.sink());

        world.run(flow).expectExactlyOnce(List.of("a", "b", "c"));
    }
}
