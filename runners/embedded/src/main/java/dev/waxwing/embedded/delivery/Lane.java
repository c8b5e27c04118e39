package dev.waxwing.embedded.delivery;

/** Runs what may block off the workers, one task after the other. Thread-safe. */
public interface Lane {

    /** Runs a task behind those given before; what it throws makes the execution fail. */
    void run(Runnable task);

    /**
     * Interrupts what is running, drops what waits, closes something on this lane and returns when
     * that is done.
     *
     * @throws Exception what closing has thrown
     */
    void close(AutoCloseable last) throws Exception;
}
