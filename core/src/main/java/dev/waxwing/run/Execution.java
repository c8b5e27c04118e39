package dev.waxwing.run;

import dev.waxwing.step.DataflowException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of a plan, from start to stop. Thread-safe. */
public interface Execution extends AutoCloseable {

    /** Where the execution is in its life; never goes back. */
    Status status();

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
     * Status#FAILED}, and {@link #await()} throws what it failed of.
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

    /** Where an execution is in its life. */
    enum Status {
        /** State is being restored, sources and sinks opened. */
        STARTING,
        /** Items flow. */
        RUNNING,
        /** It failed and will start again after a wait. */
        RESTARTING,
        /** It is finishing what was read. */
        STOPPING,
        /** All input ended and everything has been worked off. */
        COMPLETED,
        /** It was stopped gracefully. */
        STOPPED,
        /** It was aborted. */
        ABORTED,
        /** It failed, and was not started again: none was left, or it was stopped before that. */
        FAILED;

        /** Whether it has ended. */
        public boolean isFinal() {
            return compareTo(COMPLETED) >= 0;
        }
    }

    /**
     * What an execution has counted since it was started, over all its restarts.
     *
     * @param resumeEpoch the epoch whose end it began with, 0 for a fresh start
     * @param epoch the epoch that is open
     * @param decidedEpoch the newest decided epoch, 0 if none
     * @param doneEpoch the newest done epoch, 0 if none
     * @param steps counters of each step that the user named, in the plan's order
     */
    record Counters(
            long resumeEpoch,
            long epoch,
            long decidedEpoch,
            long doneEpoch,
            List<StepCounters> steps) {

        public Counters {
            steps = List.copyOf(steps);
        }

        /** Items that sources have read. */
        public long itemsIn() {
            return steps.stream().mapToLong(StepCounters::read).sum();
        }

        /** Values that came too late, of all steps. */
        public long late() {
            return steps.stream().mapToLong(StepCounters::late).sum();
        }

        /** Items that became dead letters, of all steps. */
        public long dead() {
            return steps.stream().mapToLong(StepCounters::dead).sum();
        }

        /** Items that sinks have taken; what they refuse for good is none. */
        public long itemsOut() {
            return steps.stream().mapToLong(StepCounters::written).sum();
        }
    }

    /**
     * What a step has counted, over all workers, since the execution was started. What is read
     * again after a restart is counted again.
     *
     * <p>An item is counted where it is handed over, so that a step behind an exchange between
     * workers may have received less than the step before it has emitted, for a moment or if an
     * execution ends in between.
     *
     * @param stepId full id of the step, as the user named it
     * @param operatorName kind of step, such as {@code input}, {@code filter} or {@code foldWindow}
     * @param received items that came in from other steps; an item that the step takes again, for
     *     another attempt, is one
     * @param outputs items that went out, by the name of the output: {@code down}, side outputs,
     *     {@code late}, {@code dead}; those of late values and dead letters only if somebody takes
     *     them
     * @param read items that its source has read; what the source rejects is none
     * @param written items that its sink has taken; what becomes a dead letter is none
     * @param dead items that became dead letters
     * @param late values that came too late, whether anybody takes them or not; as the step's
     *     {@code late()} has them, once for each window that they would have been in
     * @param keys keys that have state now
     * @param user counters of the user's, by name
     */
    record StepCounters(
            String stepId,
            String operatorName,
            long received,
            Map<String, Long> outputs,
            long read,
            long written,
            long dead,
            long late,
            long keys,
            Map<String, Long> user) {

        public StepCounters {
            outputs = Map.copyOf(outputs);
            user = Map.copyOf(user);
        }

        /**
         * Items that went out, but for late values and dead letters; of a source those it has read.
         */
        public long emitted() {
            return outputs.entrySet().stream()
                    .filter(out -> !out.getKey().equals("late") && !out.getKey().equals("dead"))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }
}
