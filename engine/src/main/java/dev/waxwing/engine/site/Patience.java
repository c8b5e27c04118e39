package dev.waxwing.engine.site;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How long the end of an execution waits for threads that do not end: without a limit, until there
 * is one. Thread-safe.
 *
 * <p>A thread that is in a call which ignores interrupts cannot be ended. It is left behind: a
 * daemon that ends when the call returns.
 */
public final class Patience {

    private static final long SLICE_MILLIS = 50;

    /** How long threads that nothing is left to save for may take to end. */
    private static final long FAILED_MILLIS = 30_000;

    private final long failedMillis;
    private boolean limited;
    private long endNanos;
    private boolean leftAny;

    public Patience() {
        this(FAILED_MILLIS);
    }

    /**
     * @param failedMillis how long threads may take to end after a failure
     */
    public Patience(long failedMillis) {
        this.failedMillis = failedMillis;
    }

    /** Something has failed, so that nothing is left to save. */
    public void endAfterFailure() {
        endBy(System.nanoTime() + failedMillis * 1_000_000);
    }

    /** From now on no longer than to this time of {@link System#nanoTime}. */
    public synchronized void endBy(long nanos) {
        if (!limited || nanos - endNanos < 0) {
            limited = true;
            endNanos = nanos;
        }
    }

    public synchronized boolean isOver() {
        return limited && endNanos - System.nanoTime() <= 0;
    }

    /** Whether a thread was left behind, which may still use what it has open. */
    public synchronized boolean hasLeftAny() {
        return leftAny;
    }

    /**
     * Waits for a thread until it ends or patience is over.
     *
     * @param named how messages call it
     * @param leastMillis how long it is waited for in any case
     * @return whether it has ended; if not, the log says where it is
     */
    public boolean endsOrIsLeft(Thread thread, Supplier<String> named, long leastMillis)
            throws InterruptedException {
        long least = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(leastMillis);
        thread.join(SLICE_MILLIS);
        while (thread.isAlive()) {
            if (isOver() && System.nanoTime() - least >= 0) {
                leave(thread, named.get());
                return false;
            }
            thread.join(SLICE_MILLIS);
        }
        return true;
    }

    private void leave(Thread thread, String named) {
        synchronized (this) {
            leftAny = true;
        }
        StringBuilder where = new StringBuilder();
        for (StackTraceElement frame : thread.getStackTrace()) {
            where.append(System.lineSeparator()).append("\tat ").append(frame);
        }
        System.getLogger(Patience.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        named
                                + " does not end, though it was interrupted, and is left behind;"
                                + " the call that it is in should end when it is interrupted:"
                                + where);
    }
}
