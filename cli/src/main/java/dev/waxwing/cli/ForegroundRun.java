package dev.waxwing.cli;

import dev.waxwing.run.Execution;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs one execution while the process waits for it, and lets signals end it. */
final class ForegroundRun {

    /*
     * Signals come on threads of the JVM, which only set fields and ask the execution; everything
     * else happens on the thread that waits. The first signal asks for a graceful stop, the second
     * for an abort. User code that does not heed an abort is left behind: the process ends anyway.
     */

    private static final Duration TICK = Duration.ofMillis(250);

    /** While nobody looks and nobody has asked for an end, which wakes a processor for nothing. */
    private static final Duration UNSEEN_TICK = Duration.ofSeconds(1);

    private static final long ABORT_NANOS_MAX = Duration.ofSeconds(3).toNanos();

    private final Surroundings surroundings;
    private final RunReport report;
    private final Duration stopTimeout;

    // written by signal threads
    private volatile @Nullable StopSignal signal;
    private volatile long giveUpNanos;
    private boolean aborted;

    ForegroundRun(Surroundings surroundings, RunReport report, Duration stopTimeout) {
        this.surroundings = surroundings;
        this.report = report;
        this.stopTimeout = stopTimeout;
    }

    /**
     * Starts the execution and waits until it has ended.
     *
     * @return the exit code
     * @throws dev.waxwing.step.DataflowException if the execution fails
     */
    int run(Supplier<Execution> start) throws InterruptedException {
        Execution execution = start.get();
        try (StopSignals signals = StopSignals.listen(sent -> onSignal(sent, execution))) {
            while (!execution.await(tick()) && !isGivenUp()) {
                report.tick(execution::counters);
            }
        } finally {
            report.clear();
        }
        Execution.Status status = execution.status();
        StopSignal sent = signal;
        boolean well = status == Execution.Status.COMPLETED || status == Execution.Status.STOPPED;
        if (sent != null && !well) {
            report.aborted(execution.counters());
            return sent.exitCode();
        }
        report.ended(status, execution.counters());
        return ExitCodes.OK;
    }

    private synchronized void onSignal(StopSignal sent, Execution execution) {
        if (signal == null) {
            giveUpNanos = System.nanoTime() + stopTimeout.toNanos() + ABORT_NANOS_MAX;
            signal = sent;
            say("stopping at the end of this epoch; " + sent.again() + " to abort");
            execution.stop(stopTimeout);
        } else if (!aborted) {
            giveUpNanos = System.nanoTime() + ABORT_NANOS_MAX;
            signal = sent;
            aborted = true;
            say("aborting");
            execution.abort();
        }
    }

    private Duration tick() {
        return report.isShown() || signal != null ? TICK : UNSEEN_TICK;
    }

    private boolean isGivenUp() {
        return signal != null && System.nanoTime() - giveUpNanos > 0;
    }

    private void say(String what) {
        report.clear();
        surroundings.err().println("waxwing: " + what);
        surroundings.err().flush();
    }
}
