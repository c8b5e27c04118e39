package dev.waxwing.engine.site;

/**
 * What a step has counted on a worker. Written by the worker; others may read it, then it may lag.
 */
public final class StepCounts {

    public long received;
    public long emitted;

    /** Items for which nothing went out, as the step's code threw or emitted null. */
    public long failed;

    public long stored;
    public long dead;
    public long late;

    /** What a source has read: items, and what was none. */
    public long read() {
        return emitted + dead;
    }
}
