package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.keyed;
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

    @Test
    void valuesKeepTheirKeys() {
        givenKeyed(keyed("a", 1), keyed("b", 2), crash(), keyed("a", 3), keyed("a", 4))
                .through(pairs -> pairs.redistribute("spread"))
                .expectInAnyOrder(keyed("a", 1), keyed("b", 2), keyed("a", 3), keyed("a", 4));
    }

    @Test
    void spreadValuesOfAKeyMeetAgainInTheNextStatefulStep() {
        givenKeyed(keyed("a", 1), keyed("b", 2), keyed("a", 3), crash(), keyed("a", 4))
                .through(
                        pairs ->
                                pairs.redistribute("spread")
                                        .mapValue("work", n -> n * 10)
                                        .reduceFinal("sum", Integer::sum))
                .expectInAnyOrder(keyed("a", 80), keyed("b", 20));
    }

    @Test
    void everyWorkerGetsValuesOfOneKey() {
        List<Integer> many = IntStream.range(0, 2_000).boxed().toList();
        inModes(
                mode -> !mode.restoreAfterEachBatch() && !mode.epochAfterEachBatch(),
                world -> {
                    Set<Integer> workers = ConcurrentHashMap.newKeySet();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>sourceOf(many))
                            .keyOn("key", n -> "all")
                            .redistribute("spread")
                            .inspectDebug("look", (step, n, epoch, worker) -> workers.add(worker))
                            .output("out", new TestSink<Integer>());

                    world.run(flow);

                    assertThat(workers).hasSize(world.mode().workers());
                });
    }
}
