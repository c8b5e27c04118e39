package dev.waxwing.simulation;

import dev.waxwing.plan.Plan;
import dev.waxwing.render.Rendering;

/** A test has failed in the world of a seed; the message says how to see it again. */
public final class SeedFailedError extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final long seed;

    private SeedFailedError(long seed, String message, Throwable cause) {
        super(message, cause);
        this.seed = seed;
    }

    static SeedFailedError of(Simulation world, Throwable cause) {
        Plan plan = world.plan();
        String message =
                "seed "
                        + world.seed()
                        + " failed: "
                        + cause.getMessage()
                        + "\nreplay it alone: -Dwaxwing.seed="
                        + world.seed()
                        + "\nit was execution "
                        + world.executions()
                        + " after "
                        + world.stepsDone()
                        + " steps, "
                        + world.hazards()
                        + "\nthe last events: "
                        + String.join(", ", world.trace().newest())
                        + (plan == null ? "" : "\n" + Rendering.MERMAID.of(plan));
        return new SeedFailedError(world.seed(), message, cause);
    }

    /** The seed of the world. */
    public long seed() {
        return seed;
    }
}
