package dev.waxwing.engine.delivery;

/** Where lanes come from: threads, or a simulation. Thread-safe. */
@FunctionalInterface
public interface Lanes {

    /**
     * @param name for whoever looks at the threads
     * @param stepId of the step whose calls are made there
     */
    Lane open(String name, String stepId);
}
