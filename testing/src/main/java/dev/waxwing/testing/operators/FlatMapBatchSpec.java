package dev.waxwing.testing.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.testing.TestSink;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What {@code flatMapBatch} means on any runner. */
public abstract class FlatMapBatchSpec extends OperatorSpec {

    @Test
    void handsOverEveryItemOnceInOrder() {
        given(1, 2, 3, 4, 5)
                .through(numbers -> numbers.<Integer>flatMapBatch("batch", batch -> batch))
                .expect(1, 2, 3, 4, 5);
    }

    @Test
    void neverCallsWithAnEmptyBatch() {
        given(1, 2, 3)
                .through(
                        numbers ->
                                numbers.filter("none", n -> false)
                                        .<Integer>flatMapBatch("batch", batch -> failWith("boom")))
                .expectNothing();
    }

    @Test
    void itemsOfASourceBatchComeTogether() {
        inModes(
                mode -> mode.sourceBatchItems() > 2 && mode.workers() == 1,
                world -> {
                    Queue<List<String>> batches = new ConcurrentLinkedQueue<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<String>source("one sentence", "another sentence"))
                            .<String>flatMapBatch(
                                    "batch",
                                    batch -> {
                                        batches.add(batch);
                                        return batch;
                                    })
                            .output("out", new TestSink<String>());

                    world.run(flow);

                    assertThat(batches)
                            .containsExactly(List.of("one sentence", "another sentence"));
                });
    }

    @Test
    void neverMixesEpochs() {
        inModes(
                SpecMode::epochAfterEachBatch,
                world -> {
                    Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, 3, 4, 5))
                            .<Integer>flatMapBatch(
                                    "batch",
                                    batch -> {
                                        sizes.add(batch.size());
                                        return batch;
                                    })
                            .output("out", new TestSink<Integer>());

                    world.run(flow);

                    assertThat(sizes)
                            .allSatisfy(
                                    size ->
                                            assertThat(size)
                                                    .isBetween(1, world.mode().sourceBatchItems()));
                });
    }

    @Test
    void nullResultNamesTheStep() {
        given(1).through(numbers -> numbers.<Integer>flatMapBatch("bad", batch -> nullResult()))
                .expectFailure("step 'flow.bad'", "NullPointerException");
    }
}
