package dev.waxwing.testing.operators;

import dev.waxwing.plan.Plan;
import dev.waxwing.testing.ManualClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Executions of one mode, one after another, that share a recovery store. */
public interface SpecSession extends AutoCloseable {

    /**
     * Runs a plan until all input has ended. An execution that fails because of a {@link
     * dev.waxwing.testing.CrashException} is followed by another that resumes, of the same plan
     * object, until one completes; a crash fires once. If none completes within a generous time the
     * session throws an {@link AssertionError}.
     *
     * @param workers how many run the first execution, the second, and so on, over and over; at
     *     least one number, whatever they were in the run before
     * @throws dev.waxwing.step.DataflowException what the execution failed with, if it was no crash
     */
    void run(Plan plan, int... workers) throws Exception;

    /**
     * The clock of the runtime if it is virtual; null if it is the system's. With a virtual clock a
     * runner moves on by itself when it has nothing else to do.
     */
    default @Nullable ManualClock clock() {
        return null;
    }

    /** The clock by which sources and sinks of a spec go. */
    default InstantSource wallClock() {
        ManualClock virtual = clock();
        return virtual == null ? InstantSource.system() : virtual;
    }

    /** Lets the wall clock go on while nothing runs; to be overridden if it is not virtual. */
    default void rest(Duration duration) {
        Objects.requireNonNull(clock(), "the clock is not virtual").advance(duration);
    }

    /** Releases the recovery store. */
    @Override
    default void close() throws Exception {}
}
