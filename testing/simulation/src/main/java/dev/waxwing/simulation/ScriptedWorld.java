package dev.waxwing.simulation;

import dev.waxwing.engine.resume.Preparation;
import dev.waxwing.recovery.store.FaultHook;
import dev.waxwing.testing.CrashException;
import dev.waxwing.testing.ManualClock;
import java.util.List;

/**
 * A world whose schedule follows from a seed and whose trouble from a script, for conformance kits.
 * Executions are stepped one by one, so that two of them can live at the same time. Confined to one
 * thread.
 */
public final class ScriptedWorld {

    private final World world;

    /**
     * @param stepsMax how many steps all executions together may take
     * @param script called at every durable step of the store; may end it by throwing
     */
    public ScriptedWorld(long seed, long stepsMax, FaultHook script) {
        Chance chance = new Chance(seed);
        world = new World(chance.fork(), Hazards.scheduleOnly(chance.fork(), true));
        world.limitSteps(stepsMax);
        world.follow(script);
    }

    /** Decisions that follow from the seed; the schedule makes its own in between. */
    public Chance chance() {
        return world.chance();
    }

    /** The time of this world; it moves on by itself. */
    public ManualClock clock() {
        return world.clock();
    }

    /** For the store of an execution: the script, then workers go on while it is at the disk. */
    public FaultHook disk() {
        return world;
    }

    /** The newest events, oldest first. */
    public List<String> newestEvents() {
        return world.trace().newest();
    }

    /** Something outside of any execution; durable steps in it let no worker go on. */
    public <R> R outside(Action<R> action) throws Exception {
        SimulatedExecution before = world.enter(null);
        try {
            return action.run();
        } finally {
            world.enter(before);
        }
    }

    /**
     * An execution that has not taken a step.
     *
     * @param epochMillis between the ends of epochs, 0 for after every batch
     */
    public Stepped start(Preparation preparation, long epochMillis) {
        return new Stepped(new SimulatedExecution(world, preparation, epochMillis));
    }

    /** What may fail. */
    @FunctionalInterface
    public interface Action<R> {
        R run() throws Exception;
    }

    /** An execution that goes on when it is told to. */
    public final class Stepped {

        private final SimulatedExecution execution;

        private Stepped(SimulatedExecution execution) {
            this.execution = execution;
        }

        /** Whether it has ended, failed or been killed. */
        public boolean isOver() {
            return execution.isOver();
        }

        /** One of its actors takes a step, or time passes. */
        public void step() {
            SimulatedExecution before = world.enter(execution);
            try {
                execution.tick();
            } finally {
                world.enter(before);
            }
        }

        /** Within a call to a target: others take steps before the call goes on. */
        public void othersGoOn(int steps) {
            execution.othersGoOn(steps);
        }

        /** Its process ends here; throw what this returns to get out of the call. */
        public CrashException kill() {
            execution.kill();
            return world.killed();
        }

        /**
         * Closes what is open, unless it was killed.
         *
         * @return whether its input has ended and all that was decided is done
         * @throws Throwable what made it fail
         */
        public boolean finish() throws Throwable {
            SimulatedExecution before = world.enter(execution);
            try {
                return execution.finish() == SimulatedExecution.Ending.COMPLETED;
            } finally {
                world.enter(before);
            }
        }
    }
}
