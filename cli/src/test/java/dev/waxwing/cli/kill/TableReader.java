package dev.waxwing.cli.kill;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Looks at the tables all the while, as somebody would who cannot wait, and remembers how many rows
 * of each writer's epochs it saw. Thread-safe.
 */
final class TableReader implements AutoCloseable {

    /* So that it leaves something of the machine to the executions. */
    private static final long PAUSE_MILLIS = 25;

    /* How far back it looks again while the rows become many; the last look is at all. */
    private static final long EPOCHS_AGAIN = 20;

    private final DataSource source;
    private final Map<String, Long> seen = new HashMap<>();
    private final List<String> changes = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::read, "reader");
    private long newest;
    private volatile int looks;

    TableReader(DataSource source) {
        this.source = source;
        thread.start();
    }

    /** How often the tables were read. */
    int looks() {
        return looks;
    }

    /** Epochs that were seen with more or fewer rows than before; a look at all included. */
    synchronized List<String> changes() throws SQLException {
        newest = 0;
        try (Connection connection = source.getConnection()) {
            look(connection);
        }
        return List.copyOf(changes);
    }

    private void read() {
        try {
            while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                try (Connection connection = source.getConnection()) {
                    while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                        look(connection);
                    }
                } catch (SQLException e) {
                    /* The server is being started anew; it is asked again. */
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look(Connection connection) throws SQLException {
        long from = newest - EPOCHS_AGAIN;
        for (String table : Table.NAMES) {
            look(connection, table, from);
        }
        looks++;
    }

    private void look(Connection connection, String table, long from) throws SQLException {
        String counts =
                "select writer, epoch, count(*) from " + table + " where epoch > ? group by 1, 2";
        try (PreparedStatement statement = connection.prepareStatement(counts)) {
            statement.setLong(1, from);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    add(table, rows.getString(1), rows.getLong(2), rows.getLong(3));
                }
            }
        }
    }

    private void add(String table, String writer, long epoch, long rows) {
        String name = table + ", " + writer + ", epoch " + epoch;
        Long before = seen.put(name, rows);
        newest = Math.max(newest, epoch);
        if (before != null && before != rows) {
            changes.add(name + ": " + before + " rows, then " + rows);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed.countDown();
        thread.join();
    }
}
