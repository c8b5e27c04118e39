package dev.waxwing.embedded;

import dev.waxwing.Dataflow;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.StoreLocation;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreKind;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.run.Execution.Counters;
import dev.waxwing.step.DataflowException;
import java.nio.file.Path;

/** Runs dataflows on threads of this JVM; any number of executions at the same time. */
public final class EmbeddedRunner {

    private EmbeddedRunner() {}

    /** As {@link #start(Plan, EmbeddedOptions)}. */
    public static Execution start(Dataflow flow, EmbeddedOptions options) {
        return start(flow.plan(), options);
    }

    /**
     * Starts an execution and returns at once; what goes wrong, also at the start, is told by
     * {@link Execution#await}. Its threads have the context class loader of the calling thread.
     */
    public static Execution start(Plan plan, EmbeddedOptions options) {
        EmbeddedExecution execution =
                new EmbeddedExecution(
                        plan, options, EmbeddedRunner::open, EmbeddedExecution.BATCH_ITEMS);
        execution.start();
        return execution;
    }

    /**
     * Runs a dataflow to its end. If the calling thread is interrupted, the execution stops
     * gracefully.
     *
     * @return what was done
     * @throws dev.waxwing.step.DataflowException if it fails
     * @throws InterruptedException if the calling thread was interrupted
     */
    public static Counters run(Dataflow flow, EmbeddedOptions options) throws InterruptedException {
        try (Execution execution = start(flow, options)) {
            execution.await();
            return execution.counters();
        }
    }

    /**
     * Starts over: removes a recovery store, and has the targets of the dataflow's sinks forget it,
     * as {@link Reset} does; for tests and development.
     *
     * @param directory of the recovery store, which may be gone
     * @throws dev.waxwing.step.DataflowException if an execution uses the store, a target cannot be
     *     asked, or a sink cannot be reset; nothing is removed then
     */
    public static void reset(Dataflow flow, Path directory) {
        reset(flow, StoreLocation.in(directory));
    }

    /** As {@link #reset(Dataflow, Path)}, for a store of any kind. */
    public static void reset(Dataflow flow, StoreLocation store) {
        try (Reset reset = Reset.of(flow.plan(), store)) {
            if (!reset.unable().isEmpty()) {
                throw new DataflowException(null, String.join("\n", reset.unable()), null);
            }
            reset.run();
        }
    }

    static RecoveryStore open(StoreLocation location, String dataflowName, StoreOptions options) {
        return StoreKind.of(location).open(location.place(), dataflowName, options);
    }
}
