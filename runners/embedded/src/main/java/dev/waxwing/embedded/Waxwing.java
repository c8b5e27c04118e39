package dev.waxwing.embedded;

import dev.waxwing.Dataflow;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.StoreLocation;
import dev.waxwing.run.Execution;
import dev.waxwing.run.Execution.Counters;
import dev.waxwing.step.DataflowException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Runs dataflows on threads of this JVM; any number of executions at the same time.
 *
 * <pre>{@code
 * try (Execution execution = Waxwing.start(flow, EmbeddedOptions.defaults().withWorkers(2))) {
 *     execution.await();
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Waxwing {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private Waxwing() {}

    /** As {@link #start(Plan, EmbeddedOptions)}. */
    public static Execution start(Dataflow flow, EmbeddedOptions options) {
        return start(flow.plan(), options);
    }

    /**
     * Starts an execution and returns at once; what goes wrong, also at the start, is told by
     * {@link Execution#await}. Its threads have the context class loader of the calling thread.
     */
    public static Execution start(Plan plan, EmbeddedOptions options) {
        return EmbeddedRunner.start(plan, options);
    }

    /** Runs to the end with one worker and without recovery; returns what was done. */
    public static Counters run(Dataflow flow) {
        return run(flow, EmbeddedOptions.defaults());
    }

    /**
     * Runs to the end with one worker, resuming from and writing to a recovery store; returns what
     * was done.
     */
    public static Counters run(Dataflow flow, RecoveryOptions recovery) {
        return run(flow, EmbeddedOptions.defaults().withRecovery(recovery));
    }

    /**
     * Runs to the end. If the calling thread is interrupted, the execution stops gracefully.
     *
     * @return what was done
     * @throws DataflowException if the execution fails, or was stopped because the thread was
     *     interrupted; the interrupt stays set
     */
    public static Counters run(Dataflow flow, EmbeddedOptions options) {
        return awaited(start(flow, options), flow.name());
    }

    /**
     * Runs to the end, or until the process is asked to end, by Ctrl-C, {@code SIGTERM} or {@link
     * System#exit}: for the {@code main} of a service. The execution then stops gracefully within
     * half a minute, else it is aborted, and goes on from there when it is started again with
     * recovery.
     *
     * <p>The JVM waits for the execution, not for the calling thread: what follows the call may not
     * be reached when the process is asked to end. The exit code is that of the signal.
     *
     * @return what was done
     * @throws DataflowException as {@link #run(Dataflow, EmbeddedOptions)}
     * @throws IllegalStateException if the process is ending already; nothing is started
     */
    public static Counters runUntilSignal(Dataflow flow, EmbeddedOptions options) {
        Plan plan = flow.plan();
        try (SignalStop stop = SignalStop.register(flow.name(), STOP_TIMEOUT)) {
            return awaited(stop.of(start(plan, options)), flow.name());
        }
    }

    private static Counters awaited(Execution execution, String dataflowName) {
        try (execution) {
            execution.await();
            return execution.counters();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataflowException(
                    null, "dataflow '" + dataflowName + "' was stopped by an interrupt", e);
        }
    }

    /**
     * Starts over: removes a recovery store, and has the targets of the dataflow's sinks forget it,
     * as {@link Reset} does; for tests and development.
     *
     * @param directory of the recovery store, which may be gone
     * @throws DataflowException if an execution uses the store, a target cannot be asked, or a sink
     *     cannot be reset; nothing is removed then
     */
    public static void reset(Dataflow flow, Path directory) {
        reset(flow, StoreLocation.in(directory));
    }

    /** As {@link #reset(Dataflow, Path)}, for a store of any kind. */
    public static void reset(Dataflow flow, StoreLocation store) {
        try (Reset reset = Reset.of(flow.plan(), store)) {
            if (!reset.unable().isEmpty()) {
                throw new DataflowException(null, String.join("\n", reset.unable()), null);
            }
            reset.run();
        }
    }
}
