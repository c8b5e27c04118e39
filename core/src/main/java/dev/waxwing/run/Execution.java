package dev.waxwing.run;

import dev.waxwing.step.DataflowException;
import java.time.Duration;
import java.util.Optional;

/** One run of a plan, from start to stop. Thread-safe. */
public interface Execution extends AutoCloseable {

    /** Where the execution is in its life; never goes back. */
    ExecutionStatus status();

    /** A view of what has been counted so far; may lag by a moment. */
    Counters counters();

    /**
     * Waits until the execution has ended.
     *
     * @throws DataflowException if it failed; the same each time
     * @throws InterruptedException if the waiting thread is interrupted; the execution goes on
     * @throws IllegalStateException if it is called by code of a step of the execution, on one of
     *     its threads: it would wait for itself
     */
    void await() throws InterruptedException;

    /**
     * As {@link #await()}, for a limited time.
     *
     * @return whether the execution has ended
     */
    boolean await(Duration timeout) throws InterruptedException;

    /**
     * Asks for a graceful stop and returns at once: sources are read no further, what has been read
     * is worked off or stored, the epoch ends and is decided. Open windows stay open, {@code
     * onEndOfInput} is not called; a later execution goes on from there. If that takes longer than
     * {@code timeout} the execution is aborted.
     *
     * <p>A failure before the last epoch is decided is a failure, stop or no stop, and is not
     * followed by a restart. An execution that has failed and waits to start again ends as {@link
     * ExecutionStatus#FAILED}, and {@link #await()} throws what it failed of.
     */
    void stop(Duration timeout);

    /**
     * What could not be closed when the last epoch had been decided. Then everything has been
     * written and the execution has ended well, but something may be left open outside, such as a
     * connection. Empty before the end, and if nothing went wrong.
     */
    Optional<DataflowException> closingFailure();

    /**
     * Asks for an immediate end and returns at once; the open epoch is lost, as after a crash. What
     * fails from then on is no failure; what has failed before, while the execution waits to start
     * again, still is.
     */
    void abort();

    /**
     * Stops gracefully within half a minute, else aborts; returns when the execution has ended.
     *
     * @throws IllegalStateException as {@link #await()}
     */
    @Override
    void close();
}
