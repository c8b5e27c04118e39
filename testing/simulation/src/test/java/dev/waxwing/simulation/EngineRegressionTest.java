package dev.waxwing.simulation;

import dev.waxwing.Dataflow;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.WatermarkOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Small dataflows that once went wrong in simulated worlds. */
final class EngineRegressionTest {

    private static final FailurePolicy RETRY =
            FailurePolicy.retry(3).withBackOff(Duration.ofMillis(5), Duration.ofMillis(50));

    @SimulationTest(seeds = 200)
    void endOfInputComesAfterItemsThatAreTriedAgain(Simulation world) {
        Set<Item> failedOnce = new HashSet<>();
        var flow = Dataflow.named("flow");
        flow.input("in", world.source(items(6)))
                .keyOn("key", Item::key)
                .foldFinal("sum", () -> 0L, (sum, item) -> sum + item.value())
                .map("item", (key, sum) -> new Item(key, sum))
                .map(
                        "risky",
                        item -> {
                            if (failedOnce.add(item)) {
                                throw new IllegalStateException("not yet");
                            }
                            return item;
                        })
                .onFailure(RETRY)
                .keyOn("again", Item::key)
                .countFinal("count")
                .map("text", (key, count) -> key + " " + count)
                .output("out", world.sink());

        world.run(flow).expectExactlyOnce(List.of("k0 1", "k1 1"));
    }

    @SimulationTest(seeds = 500)
    void callsOfAWorkerThatReadsNothingHaveEventTime(Simulation world) {
        List<Item> items = items(12);
        var flow = Dataflow.named("flow");
        flow.input("in", world.source(items))
                .<Item>mapAsync("call", item -> world.later(() -> item), AsyncOptions.defaults())
                .watermark(
                        "event-time",
                        item -> Instant.ofEpochSecond(item.value()),
                        WatermarkOptions.outOfOrderBy(Duration.ZERO))
                .output("out", world.sink());

        world.run(flow).expectExactlyOnce(items);
    }

    private static List<Item> items(int count) {
        return LongStream.range(0, count).mapToObj(i -> new Item("k" + i % 2, i)).toList();
    }
}
