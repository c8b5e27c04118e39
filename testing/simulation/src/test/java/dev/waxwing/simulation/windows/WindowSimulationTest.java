package dev.waxwing.simulation.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.simulation.SeedFailedError;
import dev.waxwing.simulation.Simulation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Window steps in simulated worlds give what windows are by definition. */
final class WindowSimulationTest {

    private static final int SEEDS = Boolean.getBoolean("waxwing.slow") ? 250_000 : 2_500;
    private static final int WORLDS = 20;

    @Test
    void windowsAreThoseOfTheDefinitionWhateverHappens() {
        try {
            Simulation.seeds(SEEDS, world -> check(RandomTrials.of(world.seed()), world));
        } catch (SeedFailedError e) {
            WindowTrial least =
                    Shrinker.least(
                            RandomTrials.of(e.seed()),
                            WindowTrial::smaller,
                            trial -> failure(trial, e.seed()) != null);
            throw new AssertionError(
                    "seed " + e.seed() + " fails; so does " + least, failure(least, e.seed()));
        }
    }

    private static void check(WindowTrial trial, Simulation world) {
        WindowOutcome outcome = trial.in(world);
        var keys = trial.readings().stream().map(Reading::key).distinct().toList();
        assertThat(keys).containsAll(outcome.keys());
        keys.forEach(key -> new Expectation(trial, outcome, key).check());
    }

    /** In the world of the seed or, as another input takes another course, in some others. */
    private static @Nullable SeedFailedError failure(WindowTrial trial, long seed) {
        SeedFailedError failure = null;
        for (long world = seed; failure == null && world < seed + WORLDS; world++) {
            failure = failure(world, each -> check(trial, each));
        }
        return failure;
    }

    private static @Nullable SeedFailedError failure(long seed, Consumer<Simulation> body) {
        try {
            Simulation.seed(seed, body::accept);
            return null;
        } catch (SeedFailedError e) {
            return e;
        }
    }
}
