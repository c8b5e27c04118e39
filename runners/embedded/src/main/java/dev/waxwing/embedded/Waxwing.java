package dev.waxwing.embedded;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution.Counters;
import dev.waxwing.step.DataflowException;

/** The shortest way to run a dataflow to its end from {@code main}. */
public final class Waxwing {

    private Waxwing() {}

    /** Runs with one worker and without recovery; returns what was done. */
    public static Counters run(Dataflow flow) {
        return run(flow, EmbeddedOptions.defaults());
    }

    /**
     * Runs with one worker, resuming from and writing to a recovery store; returns what was done.
     */
    public static Counters run(Dataflow flow, RecoveryOptions recovery) {
        return run(flow, EmbeddedOptions.defaults().withRecovery(recovery));
    }

    /**
     * Runs with options.
     *
     * @return what was done
     * @throws DataflowException if the execution fails, or was stopped because the thread was
     *     interrupted; the interrupt stays set
     */
    public static Counters run(Dataflow flow, EmbeddedOptions options) {
        try {
            return EmbeddedRunner.run(flow, options);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataflowException(
                    null, "dataflow '" + flow.name() + "' was stopped by an interrupt", e);
        }
    }
}
