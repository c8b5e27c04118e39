package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.source.Source;
import dev.waxwing.step.ThrottleOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many items {@code throttle} lets go on, and when, in virtual time. */
final class ThrottleTest {

    private static final int LIMIT = 4;
    private static final Duration PER = Duration.ofSeconds(1);
    private static final ThrottleOptions OPTIONS =
            ThrottleOptions.upTo(LIMIT, PER).withBufferItems(3);

    @Test
    void itemsGoOnEvenly() throws Throwable {
        var world = new World(new Chance(0), Hazards.none());
        var start = world.clock().millis();
        var noting = new NotingSink<Integer>(world.clock());
        var flow = Dataflow.named("flow");
        flow.input("in", Source.of(1, 2, 3, 4, 5, 6, 7))
                .throttle("slow", OPTIONS)
                .output("out", noting);
        var setting = new Generations.Setting(1, Duration.ofDays(2).toMillis(), 2, 5, false);

        new Generations(world, CodecRegistry.empty()).run(flow.plan(), () -> setting);

        assertThat(noting.attempts.get(0))
                .containsExactly(
                        start,
                        start + 250,
                        start + 500,
                        start + 750,
                        start + 1_000,
                        start + 1_250,
                        start + 1_500);
    }

    /** Crashes, workers that come and go, and slow steps: in order, once, and within the limit. */
    @SimulationTest(seeds = 200)
    void noMoreThanTheLimitGoOnWhateverHappens(Simulation world) {
        Map<String, List<Item>> input = new TreeMap<>();
        for (String part : List.of("a", "b", "c")) {
            input.put(part, IntStream.range(0, 12).mapToObj(n -> new Item(part, n)).toList());
        }
        var noting = new NotingSink<Item>(world.clock());
        SimulatedSink<Item> sink = world.sink();
        var flow = Dataflow.named("flow");
        var slow =
                flow.input("in", world.partitions(input))
                        .map("same", item -> item.plus(0))
                        .throttle("slow", OPTIONS);
        slow.output("noted", noting);
        slow.output("out", sink);

        world.run(flow);

        Map<String, List<Item>> output = new TreeMap<>();
        for (Item item : sink.committed()) {
            output.computeIfAbsent(item.key(), key -> new ArrayList<>()).add(item);
        }
        assertThat(output).isEqualTo(input);
        for (List<Long> times : noting.attempts) {
            for (int i = LIMIT; i < times.size(); i++) {
                assertThat(times.get(i) - times.get(i - LIMIT))
                        .isGreaterThanOrEqualTo(PER.toMillis());
            }
        }
    }

    /** Notes when items come; a list for each worker of each attempt. */
    private static final class NotingSink<X> implements DynamicSink<X> {

        private static final long serialVersionUID = 1L;

        private final transient List<List<Long>> attempts = new ArrayList<>();
        private final transient InstantSource clock;

        NotingSink(InstantSource clock) {
            this.clock = clock;
        }

        @Override
        public StatelessSinkPartition<X> build(String stepId, int workerIndex, int workerCount) {
            List<Long> times = new ArrayList<>();
            attempts.add(times);
            return items -> items.forEach(item -> times.add(clock.millis()));
        }
    }
}
