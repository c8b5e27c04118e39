package dev.waxwing.embedded;

import dev.waxwing.run.Execution;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Stops an execution when the JVM is asked to end, and has it wait, until closed. */
final class SignalStop implements AutoCloseable {

    private final Duration timeout;
    private final Thread hook;
    private final CountDownLatch closed = new CountDownLatch(1);

    // under this object's lock
    private @Nullable Execution execution;
    private boolean asked;

    private SignalStop(String dataflowName, Duration timeout) {
        this.timeout = timeout;
        this.hook = new Thread(this::onSignal, "waxwing " + dataflowName + " stop");
    }

    /**
     * Listens from now on.
     *
     * @throws IllegalStateException if the JVM is ending already
     */
    static SignalStop register(String dataflowName, Duration timeout) {
        SignalStop stop = new SignalStop(dataflowName, timeout);
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** The execution that is to be stopped, which has just been started; returns it. */
    synchronized Execution of(Execution started) {
        execution = started;
        if (asked) {
            started.stop(timeout);
        }
        return started;
    }

    private void onSignal() {
        synchronized (this) {
            asked = true;
            if (execution != null) {
                execution.stop(timeout);
            }
        }
        try {
            closed.await();
        } catch (InterruptedException byNobody) {
            /* The thread is ours. */
        }
    }

    /** The execution has ended. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException isEnding) {
            /* The hook runs, and ends by itself. */
        }
    }
}
