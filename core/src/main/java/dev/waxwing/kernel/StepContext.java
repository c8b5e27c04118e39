package dev.waxwing.kernel;

import java.time.Instant;

/**
 * What a step can know of where it runs. Confined to the worker's thread: on another, what changes
 * is refused with a {@link dev.waxwing.step.StepFailedException}.
 */
public interface StepContext {

    /** Full id of the step that the user named. */
    String stepId();

    /** From 0. */
    int workerIndex();

    int workerCount();

    /** The epoch that is open now; the first is 1. */
    long epoch();

    /**
     * The runtime's time at the start of the activation: the same during it, so that one item's
     * work sees one time.
     */
    Instant now();

    /** {@link #now} in milliseconds since 1970, without an allocation. */
    long nowMillis();

    /** Adds to a counter of the user's, shown with the execution's counters under the step. */
    void count(String counterName, long amount);
}
