package dev.waxwing.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens a connection on a thread of its own: drivers and pools have no limit that holds for all of
 * what opening takes, and ignore interrupts. A connection that comes too late is closed.
 */
final class Connecting {

    private Connecting() {}

    /** Waits for a connection, no longer than {@code limit}. */
    static Connection within(Duration limit, String what, Callable<Connection> open)
            throws Exception {
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        Thread thread = new Thread(() -> open(open, opened), "waxwing connecting to " + what);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.setDaemon(true);
        thread.start();
        try {
            return opened.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            giveUp(opened);
            throw e;
        } catch (TimeoutException late) {
            giveUp(opened);
            throw new SQLTimeoutException(
                    "cannot connect to "
                            + what
                            + ": it has not answered within "
                            + limit
                            + "; see what it is doing, or allow more time by Database.withTimeout",
                    "08001");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) failed.getCause();
        } finally {
            thread.interrupt();
        }
    }

    /* One that is there at the last moment is closed here, a later one where it is opened. */
    private static void giveUp(CompletableFuture<Connection> opened) throws SQLException {
        if (!opened.cancel(false) && !opened.isCompletedExceptionally()) {
            opened.join().close();
        }
    }

    private static void open(Callable<Connection> open, CompletableFuture<Connection> opened) {
        try {
            Connection connection = open.call();
            if (!opened.complete(connection)) {
                connection.close();
            }
        } catch (Throwable thrown) {
            opened.completeExceptionally(thrown);
        }
    }
}
