package dev.waxwing.simulation;

import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.testing.ManualClock;
import dev.waxwing.testing.operators.SpecMode;
import dev.waxwing.testing.operators.SpecRunner;
import dev.waxwing.testing.operators.SpecSession;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The simulation as a runner for specs: a strange schedule, and no trouble but the spec's own. Each
 * session has a seed of its own.
 */
public final class SimulatedRunner implements SpecRunner {

    private static final long EPOCH_MILLIS = 1_000;

    private final Chance seeds;

    /** The same seed makes the same schedules. */
    public SimulatedRunner(long seed) {
        seeds = new Chance(seed);
    }

    @Override
    public Set<SpecMode> modes() {
        return SpecMode.hostile(1, 2, 3);
    }

    @Override
    public SpecSession open(SpecMode mode) {
        return new Session(mode, seeds.bits());
    }

    private static final class Session implements SpecSession {

        private final SpecMode mode;
        private final long seed;
        private final World world;
        private final Generations generations;

        Session(SpecMode mode, long seed) {
            this.mode = mode;
            this.seed = seed;
            Chance chance = new Chance(seed);
            this.world = new World(chance, Hazards.scheduleOnly(chance, mode.recovery()));
            this.generations = new Generations(world, CodecRegistry.empty());
        }

        @Override
        public ManualClock clock() {
            return world.clock();
        }

        @Override
        public void run(Plan plan, int... workers) throws Exception {
            if (plan.coreSteps().stream().anyMatch(step -> step.calls() != null)) {
                world.expectCallsElsewhere();
            }
            int first = generations.executions() + 1;
            Supplier<Generations.Setting> settings =
                    () -> setting(workers[(generations.executions() - first) % workers.length]);
            try {
                generations.run(plan, settings);
            } catch (Exception | Error e) {
                e.addSuppressed(new AssertionError("the seed of the schedule was " + seed));
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        private Generations.Setting setting(int workers) {
            return new Generations.Setting(
                    workers,
                    mode.epochAfterEachBatch() ? 0 : EPOCH_MILLIS,
                    Math.max(2, mode.channelBatches()),
                    world.hazards().batchItemsMax(),
                    false);
        }
    }
}
