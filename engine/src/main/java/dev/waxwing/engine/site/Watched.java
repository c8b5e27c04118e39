package dev.waxwing.engine.site;

/** Something outside that is open, and that is looked at off the worker while it is. */
@FunctionalInterface
public interface Watched {

    /**
     * Throws if it is no longer what it was.
     *
     * @throws dev.waxwing.step.StepFailedException with the step and the partition
     */
    void check();
}
