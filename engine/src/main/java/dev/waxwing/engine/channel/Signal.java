package dev.waxwing.engine.channel;

/** Says to a worker, or another party that may be waiting, that there may be something to do. */
@FunctionalInterface
public interface Signal {

    /**
     * May be called from any thread; cheap if the party is not waiting. A call that comes while the
     * party is in a step is kept: it makes the next step due at once.
     */
    void wake();
}
