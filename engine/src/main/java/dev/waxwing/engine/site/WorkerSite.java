package dev.waxwing.engine.site;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.delivery.Lanes;
import dev.waxwing.engine.delivery.Work;
import dev.waxwing.step.DataflowException;
import org.jspecify.annotations.Nullable;

/** What steps know of their worker. Confined to the worker. */
public interface WorkerSite {

    int index();

    int count();

    /**
     * The time at the start of the activation by which all waits and time-outs go; nobody sets it.
     */
    long steadyMillis();

    /** The time that users see at the start of the activation, in milliseconds since 1970. */
    long nowMillis();

    /** The milliseconds for which the dataflow has been running, over all executions. */
    long runningMillis();

    /**
     * The worker's thread calls code of a step from now on; returns of which it did before. What
     * code of another step has left of an interrupt does not come to it.
     */
    @Nullable StepSite calls(@Nullable StepSite site);

    /** Whether the worker is to leave whatever it waits for; it is interrupted then. */
    boolean isToLeave();

    /** The coordinator's thread is in a call of a step's sink, or, for null, no longer. */
    void isForcing(@Nullable StepSite site);

    /** A new budget for a stage. */
    Budget newBudget();

    /** Records the first failure, so that user code upstream cannot swallow it. */
    void fail(DataflowException failure);

    /** As {@link #fail}, for something that went wrong on another thread. Thread-safe. */
    void failLater(DataflowException failure);

    /** Whether the calling thread is the worker's. Thread-safe. */
    boolean isHere();

    /** The first failure, or null. */
    @Nullable DataflowException failure();

    /** Something flowed, so that the epoch is not empty. */
    void touched();

    /** The last epoch before sources are read and timers fire; until then, calls are made again. */
    long settledEpoch();

    /** Whether partitions that may block get threads of their own. */
    boolean hasPartitionThreads();

    /** How calls are made that get hold of something outside. */
    Openings openings();

    /** Where what may block is done. */
    Lanes lanes();

    /** The newest done epoch. */
    long doneEpoch();

    /** The epoch is to end without waiting for its interval. */
    void endEpochSoon();

    /** A partition is open, and is to be looked after. */
    void watch(Watched part);

    /** Reports with the epoch what a sink has prepared, or is done with. */
    void report(Work.Reported work);

    /** Wakes the worker; may be called from any thread. */
    Signal signal();
}
