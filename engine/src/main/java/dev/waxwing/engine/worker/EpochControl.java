package dev.waxwing.engine.worker;

import dev.waxwing.engine.site.Watched;

/** What the coordinator tells workers, and what they tell it. Thread-safe. */
public interface EpochControl {

    /** The newest epoch whose end has been announced. */
    long announcedEpoch();

    /** The newest done epoch. */
    long doneEpoch();

    /** Whether sources are to be read no further: for now, or until the next execution. */
    boolean isHeld();

    /**
     * Whether the execution is to end: what has been read and not stored goes into its last epoch.
     */
    boolean isStopping();

    /** The open epoch is to end without waiting for its interval. */
    void endSoon();

    /** A partition of a sink is open, and is to be looked after. */
    void watch(Watched part);

    /** A worker has dealt with an epoch. */
    void report(EpochReport report);

    /** All input of a worker has ended and been worked off. */
    void ended(int worker);

    /** Something flowed, so that the epoch is not empty. */
    void touched();
}
