package dev.waxwing.engine.delivery;

/** A lane whose calls may wait for as long as there is nothing. Thread-safe. */
public interface WaitingLane extends Lane {

    /** Runs a task after a time, behind those that are due before. */
    void runAfter(long nanos, Runnable task);

    /** Whether it is being closed: what runs has been interrupted, or will be. */
    boolean isClosing();
}
