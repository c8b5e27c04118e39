package dev.waxwing.engine.delivery;

/** Runs what may block off the workers, one task after the other. Thread-safe. */
public interface Lane {

    /** Runs a task behind those given before; what it throws makes the execution fail. */
    void run(Runnable task);

    /**
     * Interrupts what is running, drops what waits, closes something on this lane and returns when
     * that is done.
     *
     * @param unblock called on this thread if what is running does not end by the interrupt
     * @throws Exception what closing has thrown, or that what is running does not end
     */
    void close(AutoCloseable last, Runnable unblock) throws Exception;
}
