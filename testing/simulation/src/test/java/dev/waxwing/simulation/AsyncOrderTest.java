package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.Stream;
import dev.waxwing.function.AsyncMapper;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.AsyncOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Results of calls keep the order within a key, though executions crash and go on with other
 * numbers of workers, and calls that were not finished are made again.
 */
final class AsyncOrderTest {

    private static final int PARTITIONS = 4;
    private static final int ITEMS = 15;
    private static final AsyncOptions OPTIONS =
            AsyncOptions.defaults().withTimeout(Duration.ofDays(365));

    @SimulationTest(seeds = 300)
    void callsBehindASource(Simulation world) {
        check(world, items -> items.mapAsync("call", later(world), OPTIONS));
    }

    @SimulationTest(seeds = 300)
    void callsBehindAStatefulStep(Simulation world) {
        check(
                world,
                items ->
                        counted("count", items)
                                .mapValueAsync("call", later(world), OPTIONS)
                                .dropKey("drop"));
    }

    @SimulationTest(seeds = 300)
    void severalCallsOneAfterTheOther(Simulation world) {
        check(
                world,
                items ->
                        counted(
                                        "count",
                                        items.mapAsync("first", later(world), OPTIONS)
                                                .mapAsync("second", later(world), OPTIONS))
                                .dropKey("drop")
                                .mapAsync("third", later(world), OPTIONS));
    }

    private interface Steps {
        Stream<Item> after(Stream<Item> items);
    }

    private static void check(Simulation world, Steps steps) {
        Map<String, List<Item>> input = new TreeMap<>();
        for (int i = 0; i < PARTITIONS; i++) {
            List<Item> items = new ArrayList<>();
            for (int n = 0; n < ITEMS; n++) {
                items.add(new Item("k" + i, n));
            }
            input.put("k" + i, items);
        }
        SimulatedSink<Item> sink = world.sink();
        var flow = Dataflow.named("flow");
        steps.after(flow.input("in", world.partitions(input))).output("out", sink);

        world.run(flow);

        Map<String, List<Item>> output = new TreeMap<>();
        for (Item item : sink.committed()) {
            output.computeIfAbsent(item.key(), key -> new ArrayList<>()).add(item);
        }
        assertThat(output).isEqualTo(input);
    }

    private static KeyedStream<String, Item> counted(String name, Stream<Item> items) {
        return items.keyOn(name + "-key", Item::key)
                .statefulMap(
                        name,
                        (Long seen, Item item) ->
                                StateUpdate.keep(seen == null ? 1 : seen + 1, item));
    }

    private static AsyncMapper<Item, Item> later(Simulation world) {
        return item -> world.later(() -> item);
    }
}
