package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waxwing.Dataflow;
import dev.waxwing.step.AsyncOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A seed is all that decides what happens. */
final class DeterminismTest {

    private static final int SEEDS = 100;

    @Test
    void sameSeedIsTheSameCourseOfEvents() {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(traceHash(seed)).as("seed %s", seed).isEqualTo(traceHash(seed));
        }
    }

    @Test
    void otherSeedsAreOtherCoursesOfEvents() {
        Set<Long> hashes = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            hashes.add(traceHash(seed));
        }

        assertThat(hashes).hasSize(SEEDS);
    }

    @Test
    void failureTellsTheSeedAndHappensAgain() {
        SeedFailedError first =
                failure(() -> Simulation.seeds(1_000, DeterminismTest::failsAtTimes));

        SeedFailedError again =
                failure(() -> Simulation.seed(first.seed(), DeterminismTest::failsAtTimes));

        assertThat(again).hasMessage(first.getMessage());
        assertThat(again)
                .hasMessageContaining("seed " + first.seed() + " failed")
                .hasMessageContaining("-Dwaxwing.seed=" + first.seed())
                .hasMessageContaining("flowchart TD");
    }

    @Test
    void runThatDoesNotEndIsAFailure() {
        SeedFailedError failure =
                failure(() -> Simulation.seed(1, world -> world.withStepsMax(10).run(flow(world))));

        assertThat(failure).hasMessageContaining("has not ended within 10 steps");
    }

    private static SeedFailedError failure(Runnable body) {
        return catchThrowableOfType(SeedFailedError.class, body::run);
    }

    private static void failsAtTimes(Simulation world) {
        if (world.run(flow(world)).executions() > 3) {
            throw new AssertionError("more than three executions");
        }
    }

    private static long traceHash(long seed) {
        Simulation world = new Simulation(seed);
        world.run(flow(world));
        return world.traceHash();
    }

    private static Dataflow flow(Simulation world) {
        List<Item> items = LongStream.range(0, 20).mapToObj(i -> new Item("k" + i % 3, i)).toList();
        var flow = Dataflow.named("flow");
        flow.input("in", world.keyedSource(items, Item::key))
                .<Item>mapAsync("call", item -> world.later(() -> item), AsyncOptions.defaults())
                .keyOn("key", Item::key)
                .countFinal("count")
                .output("out", world.<Long>sink(2));
        return flow;
    }
}
