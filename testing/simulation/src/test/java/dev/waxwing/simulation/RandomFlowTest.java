package dev.waxwing.simulation;

import dev.waxwing.function.AsyncMapper;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.source.Source;
import dev.waxwing.testing.ReferenceRunner;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Random dataflows in simulated worlds, held against the reference runner. */
final class RandomFlowTest {

    private static final int SEEDS = 2_500;
    private static final int SLOW_SEEDS = 1_000_000;

    @Test
    void randomFlowsDoWhatTheReferenceDoes() {
        Simulation.seeds(
                Boolean.getBoolean("waxwing.slow") ? SLOW_SEEDS : SEEDS, RandomFlowTest::compare);
    }

    private static void compare(Simulation world) {
        Referenced referenced = new Referenced();
        Simulated simulated = new Simulated(world);
        RandomFlow.Built expected = RandomFlow.of(world.seed(), referenced);
        RandomFlow.Built actual = RandomFlow.of(world.seed(), simulated);

        ReferenceRunner.run(expected.flow().plan());
        SimulatedRun run = world.run(actual.flow());

        for (int i = 0; i < actual.ordered().size(); i++) {
            SimulatedSink<Item> sink = simulated.sinks.get(i);
            List<Item> wanted = referenced.sinks.get(i).committed();
            run.expectExactlyOnce(sink, wanted);
            if (actual.ordered().get(i) && !byKey(wanted).equals(byKey(sink.committed()))) {
                throw new AssertionError(
                        "sink "
                                + i
                                + ": the order within a key should be "
                                + byKey(wanted)
                                + ", but is "
                                + byKey(sink.committed()));
            }
        }
    }

    private static Map<String, List<Long>> byKey(List<Item> items) {
        Map<String, List<Long>> byKey = new LinkedHashMap<>();
        for (Item item : items) {
            byKey.computeIfAbsent(item.key(), key -> new ArrayList<>()).add(item.value());
        }
        return byKey;
    }

    private static final class Referenced implements FlowParts {

        private final List<TestSink<Item>> sinks = new ArrayList<>();

        @Override
        public Source<Item> source(Map<String, List<Item>> partitions) {
            return TestSource.partitions(partitions);
        }

        @Override
        public FixedPartitionedSink<Object, Item, ?> sink(int partitions) {
            TestSink<Item> sink = new TestSink<>();
            sinks.add(sink);
            return sink;
        }

        @Override
        public AsyncMapper<Item, Item> later() {
            return CompletableFuture::completedFuture;
        }
    }

    private static final class Simulated implements FlowParts {

        private final Simulation world;
        private final List<SimulatedSink<Item>> sinks = new ArrayList<>();

        Simulated(Simulation world) {
            this.world = world;
        }

        @Override
        public Source<Item> source(Map<String, List<Item>> partitions) {
            return world.partitions(partitions);
        }

        @Override
        public FixedPartitionedSink<Object, Item, ?> sink(int partitions) {
            SimulatedSink<Item> sink = world.sink(partitions);
            sinks.add(sink);
            return sink;
        }

        @Override
        public AsyncMapper<Item, Item> later() {
            return item ->
                    world.chance().oneIn(8)
                            ? CompletableFuture.completedFuture(item)
                            : world.later(() -> item);
        }
    }
}
