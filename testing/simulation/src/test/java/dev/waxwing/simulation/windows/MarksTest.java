package dev.waxwing.simulation.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.simulation.SeedFailedError;
import dev.waxwing.simulation.SimulatedSink;
import dev.waxwing.simulation.Simulation;
import dev.waxwing.source.Source;
import dev.waxwing.testing.ReferenceRunner;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A reading is late only if it is out of order by more than allowed within its own partition,
 * whatever holds it on its way, and what is not late is in its window.
 */
final class MarksTest {

    private static final boolean SLOW = Boolean.getBoolean("waxwing.slow");
    /* A million in all in the slow form. */
    private static final int SIMULATED = SLOW ? 300_000 : 1_000;
    private static final int REFERENCED = SLOW ? 680_000 : 1_000;
    private static final int THREADED = SLOW ? 20_000 : 40;
    private static final int TRIES = 20;

    @Test
    void nothingIsLateThatIsNotByDefinitionInSimulatedWorlds() {
        try {
            Simulation.seeds(SIMULATED, world -> inWorld(RandomMarks.of(world.seed()), world));
        } catch (SeedFailedError e) {
            throw least(e.seed(), e, trial -> failsInWorlds(trial, e.seed()));
        }
    }

    @Test
    void nothingIsLateThatIsNotByDefinitionOnThreads() {
        inTrials(THREADED, trial -> onThreads(trial, 1 + trial.readings().size() % 3));
    }

    @Test
    void justThatIsLateByTheReferenceThatIsByDefinition() {
        inTrials(REFERENCED, MarksTest::byReference);
    }

    // ---- places

    private static void inWorld(MarkTrial trial, Simulation world) {
        HoldingStep.beginTrial();
        List<SimulatedSink<String>> sinks = new ArrayList<>();
        Dataflow flow =
                trial.flow(
                        new MarkTrial.Place() {
                            @Override
                            public Source<Reading> source(Map<String, List<Reading>> partitions) {
                                return world.partitions(partitions);
                            }

                            @Override
                            public <T> HoldingStep.Later<T> later() {
                                return item ->
                                        world.chance().oneIn(8)
                                                ? CompletableFuture.completedFuture(item)
                                                : world.later(() -> item);
                            }
                        },
                        () -> {
                            SimulatedSink<String> sink = world.sink();
                            sinks.add(sink);
                            return sink;
                        });
        world.run(flow);
        check(trial, sinks.get(0).committed(), sinks.get(1).committed());
    }

    private static void onThreads(MarkTrial trial, int workers) {
        Executor soon = CompletableFuture.delayedExecutor(200, TimeUnit.MICROSECONDS);
        TestPlace place =
                new TestPlace() {
                    @Override
                    public <T> HoldingStep.Later<T> later() {
                        return item -> CompletableFuture.supplyAsync(() -> item, soon);
                    }
                };
        Waxwing.run(place.flow(trial), EmbeddedOptions.defaults().withWorkers(workers));
        check(trial, place.sinks.get(0).committed(), place.sinks.get(1).committed());
    }

    private static void byReference(MarkTrial trial) {
        TestPlace place =
                new TestPlace() {
                    @Override
                    public <T> HoldingStep.Later<T> later() {
                        return CompletableFuture::completedFuture;
                    }
                };
        ReferenceRunner.run(place.flow(trial).plan());
        List<String> late = place.sinks.get(1).committed();
        check(trial, place.sinks.get(0).committed(), late);
        if (trial.inputs().size() == 1 && trial.inputs().get(0).size() == 1) {
            assertThat(numbers(late)).as("late").containsAll(trial.possiblyLate());
        }
    }

    private abstract static class TestPlace implements MarkTrial.Place {

        private final List<TestSink<String>> sinks = new ArrayList<>();

        Dataflow flow(MarkTrial trial) {
            HoldingStep.beginTrial();
            return trial.flow(
                    this,
                    () -> {
                        TestSink<String> sink = new TestSink<>();
                        sinks.add(sink);
                        return sink;
                    });
        }

        @Override
        public Source<Reading> source(Map<String, List<Reading>> partitions) {
            return TestSource.<Reading>partitions(partitions);
        }
    }

    // ---- what is right

    private static void check(MarkTrial trial, List<String> results, List<String> lateTold) {
        List<Integer> late = numbers(lateTold);
        assertThat(late).as("late").doesNotHaveDuplicates();
        assertThat(new TreeSet<>(trial.possiblyLate())).as("possibly late").containsAll(late);
        Set<Integer> without = new HashSet<>(late);
        Map<Long, Set<Integer>> expected = new TreeMap<>();
        for (Reading reading : trial.readings()) {
            if (!without.contains(reading.number())) {
                long window =
                        Math.floorDiv(
                                reading.at().getEpochSecond(), (long) MarkTrial.WINDOW_SECONDS);
                expected.computeIfAbsent(window, none -> new TreeSet<>()).add(reading.number());
            }
        }
        assertThat(windows(results)).as("windows").isEqualTo(expected);
    }

    private static Map<Long, Set<Integer>> windows(List<String> results) {
        Map<Long, Set<Integer>> windows = new TreeMap<>();
        for (String result : results) {
            int colon = result.indexOf(':');
            Set<Integer> window =
                    windows.computeIfAbsent(
                            Long.valueOf(result.substring(0, colon)), none -> new TreeSet<>());
            for (int number :
                    numbers(Arrays.asList(result.substring(colon + 1).strip().split(" ", -1)))) {
                assertThat(window.add(number)).as("%s once", number).isTrue();
            }
        }
        return windows;
    }

    private static List<Integer> numbers(List<String> texts) {
        return texts.stream().map(Integer::valueOf).toList();
    }

    // ---- the least that fails

    private interface Run {
        void of(MarkTrial trial);
    }

    private interface Fails {
        boolean with(MarkTrial trial);
    }

    private static void inTrials(int count, Run run) {
        for (long seed = 0; seed < count; seed++) {
            try {
                run.of(RandomMarks.of(seed));
            } catch (RuntimeException | AssertionError e) {
                throw least(seed, e, trial -> failsAgain(trial, run));
            }
        }
    }

    private static boolean failsAgain(MarkTrial trial, Run run) {
        for (int i = 0; i < TRIES; i++) {
            try {
                run.of(trial);
            } catch (RuntimeException | AssertionError e) {
                return true;
            }
        }
        return false;
    }

    /** In the world of the seed or, as another input takes another course, in some others. */
    private static boolean failsInWorlds(MarkTrial trial, long seed) {
        for (long other = seed; other < seed + TRIES; other++) {
            try {
                Simulation.seed(other, world -> inWorld(trial, world));
            } catch (SeedFailedError e) {
                return true;
            }
        }
        return false;
    }

    private static AssertionError least(long seed, Throwable failure, Fails fails) {
        MarkTrial least = Shrinker.least(RandomMarks.of(seed), MarkTrial::smaller, fails::with);
        return new AssertionError("seed " + seed + " fails; so does " + least, failure);
    }
}
