package dev.waxwing.simulation;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.testing.TargetFaults;
import dev.waxwing.testing.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sink refuses reaches the next, whatever their contracts, batches and threads. */
final class RefusingChainTest {

    private static final int SEEDS = 1_500;
    private static final int SLOW_SEEDS = 200_000;
    private static final int THREADED_SEEDS = 40;
    private static final int SLOW_THREADED_SEEDS = 3_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path directory;

    @Test
    void eachItemIsTakenByOneSinkWhateverHappens() {
        Simulation.seeds(isSlow() ? SLOW_SEEDS : SEEDS, RefusingChainTest::simulate);
    }

    @Test
    void eachItemIsTakenByOneSinkWithThreads() {
        Simulation.seeds(isSlow() ? SLOW_THREADED_SEEDS : THREADED_SEEDS, this::runWithThreads);
    }

    private static void simulate(Simulation world) {
        List<Integer> items = items(world.chance());
        var chain =
                new RefusingChain(
                        world.chance(),
                        world.targetFaults(),
                        n ->
                                world.chance().oneIn(4)
                                        ? CompletableFuture.completedFuture(n)
                                        : world.later(() -> n));
        Dataflow flow = chain.flow(world.keyedSource(items, n -> n % 5), items);

        world.keepRecovery();
        world.withoutReplays().run(flow);

        chain.check();
    }

    private void runWithThreads(Simulation world) throws Exception {
        Chance chance = world.chance();
        List<Integer> items = items(chance);
        var chain =
                new RefusingChain(
                        chance, TargetFaults.NONE, n -> CompletableFuture.supplyAsync(() -> n));
        Dataflow flow =
                chain.flow(
                        TestSource.<Integer>ofElements(new ArrayList<Object>(items))
                                .withBatchItems(chance.between(1, 20)),
                        items);
        RecoveryOptions recovery =
                RecoveryOptions.in(directory.resolve("store-" + world.seed()))
                        .withEpochInterval(
                                chance.oneOf(
                                        Duration.ZERO, Duration.ofMillis(2), Duration.ofHours(1)));

        try (Execution execution =
                Waxwing.start(
                        flow,
                        EmbeddedOptions.defaults()
                                .withWorkers(chance.between(1, 3))
                                .withRecovery(recovery))) {
            if (!execution.await(PATIENCE)) {
                throw new AssertionError("it hangs");
            }
        }

        chain.check();
    }

    private static boolean isSlow() {
        return Boolean.getBoolean("waxwing.slow");
    }

    private static List<Integer> items(Chance chance) {
        return IntStream.range(0, chance.below(60)).boxed().toList();
    }
}
