package dev.waxwing.testing.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.testing.TestSink;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@code redistribute} means on any runner. */
public abstract class RedistributeSpec extends OperatorSpec {

    @Test
    void emitsEveryItemOnce() {
        given(1, 2, 3, 4, 5)
                .through(numbers -> numbers.redistribute("spread"))
                .expectInAnyOrder(1, 2, 3, 4, 5);
    }

    @Test
    void everyWorkerGetsItems() {
        List<Integer> many = IntStream.range(0, 2_000).boxed().toList();
        inModes(
                mode -> !mode.restoreAfterEachBatch() && !mode.epochAfterEachBatch(),
                world -> {
                    Set<Integer> workers = ConcurrentHashMap.newKeySet();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>sourceOf(many))
                            .redistribute("spread")
                            .inspectDebug("look", (step, n, epoch, worker) -> workers.add(worker))
                            .output("out", new TestSink<Integer>());

                    world.run(flow);

                    assertThat(workers).hasSize(world.mode().workers());
                });
    }
}
