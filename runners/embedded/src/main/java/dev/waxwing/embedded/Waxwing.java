package dev.waxwing.embedded;

import dev.waxwing.Dataflow;
import dev.waxwing.DataflowException;

/** The shortest way to run a dataflow to its end from {@code main}. */
public final class Waxwing {

    private Waxwing() {}

    /** Runs with one worker and without recovery. */
    public static void run(Dataflow flow) {
        run(flow, EmbeddedOptions.defaults());
    }

    /** Runs with one worker, resuming from and writing to a recovery store. */
    public static void run(Dataflow flow, RecoveryOptions recovery) {
        run(flow, EmbeddedOptions.defaults().withRecovery(recovery));
    }

    /**
     * Runs with options.
     *
     * @throws DataflowException if the execution fails, or was stopped because the thread was
     *     interrupted; the interrupt stays set
     */
    public static void run(Dataflow flow, EmbeddedOptions options) {
        try {
            EmbeddedRunner.run(flow, options);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataflowException(
                    null, "dataflow '" + flow.name() + "' was stopped by an interrupt", e);
        }
    }
}
