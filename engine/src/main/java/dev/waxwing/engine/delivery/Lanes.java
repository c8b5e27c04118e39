package dev.waxwing.engine.delivery;

/** Where lanes come from: threads, or a simulation. Thread-safe. */
@FunctionalInterface
public interface Lanes {

    /**
     * @param name for whoever looks at the threads
     * @param stepId of the step whose calls are made there
     */
    Lane open(String name, String stepId);

    /**
     * Whether each lane is a thread of its own. If not, partitions that may block are used on the
     * workers, which they hold up.
     */
    default boolean areThreads() {
        return false;
    }

    /**
     * A lane whose calls may wait for as long as there is nothing; asked only of lanes that are
     * threads.
     */
    default WaitingLane openWaiting(String name, String stepId) {
        throw new IllegalStateException("these lanes are no threads");
    }
}
