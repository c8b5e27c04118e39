package dev.waxwing.embedded;

import dev.waxwing.engine.site.Patience;
import dev.waxwing.engine.site.Watch;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes an attempt on a thread of its own: what it calls of users, such as {@code listParts} and
 * {@code claim}, may not return, and then the thread is left behind.
 */
final class StartThread {

    private static final long SLICE_MILLIS = 50;

    /** How long it is given to end when it is interrupted. */
    private static final long LEAST_MILLIS = 200;

    private final Watch watch;
    private final Callable<Attempt> making;
    private final Thread thread;
    private @Nullable Attempt made;
    private @Nullable Throwable failure;
    private boolean left;

    StartThread(String dataflowName, Watch watch, Callable<Attempt> making) {
        this.watch = watch;
        this.making = making;
        this.thread = new Thread(this::make, "waxwing " + dataflowName + " start");
        this.thread.setDaemon(true);
    }

    /**
     * Waits until the attempt is made, or the end is due and what is being called ends or patience
     * is over.
     *
     * @return the attempt, or null if the end has come before it was made
     * @throws Throwable what it could not be made for
     */
    @Nullable Attempt await(Patience patience, BooleanSupplier endIsDue) throws Throwable {
        thread.start();
        boolean interrupted = false;
        while (joins(SLICE_MILLIS)) {
            if (!interrupted && endIsDue.getAsBoolean()) {
                interrupted = true;
                thread.interrupt();
            }
            if (interrupted
                    && patience.isOver()
                    && !patience.endsOrIsLeft(thread, () -> watch.named(thread), LEAST_MILLIS)) {
                return leave();
            }
        }
        if (failure != null && !interrupted) {
            throw failure;
        }
        return made;
    }

    /* Returns whether it goes on; whoever interrupts the waiting has no business with it. */
    private boolean joins(long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException meantForUsersCode) {
            return true;
        }
        return thread.isAlive();
    }

    private synchronized @Nullable Attempt leave() {
        left = true;
        return made;
    }

    private void make() {
        Attempt attempt = null;
        Throwable thrown = null;
        Watch.Entry entry = watch.enter(stack -> null);
        entry.begins();
        try {
            attempt = making.call();
        } catch (Throwable notMade) {
            thrown = notMade;
        }
        watch.leave();
        if (attempt != null && !isKept(attempt)) {
            attempt.discard();
        }
        failure = thrown;
    }

    private synchronized boolean isKept(Attempt attempt) {
        if (!left) {
            made = attempt;
        }
        return !left;
    }
}
