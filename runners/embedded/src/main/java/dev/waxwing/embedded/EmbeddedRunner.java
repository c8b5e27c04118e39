package dev.waxwing.embedded;

import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.StoreLocation;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreKind;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.run.Execution;

/** Starts executions with stores of the kinds that are there. */
final class EmbeddedRunner {

    private EmbeddedRunner() {}

    /** As {@link Waxwing#start(Plan, EmbeddedOptions)}. */
    static Execution start(Plan plan, EmbeddedOptions options) {
        EmbeddedExecution execution =
                new EmbeddedExecution(
                        plan, options, EmbeddedRunner::open, EmbeddedExecution.BATCH_ITEMS);
        execution.start();
        return execution;
    }

    static RecoveryStore open(StoreLocation location, String dataflowName, StoreOptions options) {
        return StoreKind.of(location).open(location.place(), dataflowName, options);
    }
}
