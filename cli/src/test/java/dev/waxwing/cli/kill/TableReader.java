package dev.waxwing.cli.kill;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Looks at the table all the while, as somebody would who cannot wait, and remembers how many rows
 * of each writer's epochs it saw.
 */
final class TableReader implements AutoCloseable {

    private static final String COUNTS =
            "select writer, epoch, count(*) from " + Deliveries.TABLE + " group by 1, 2";

    private final DataSource source;
    private final Map<String, Long> seen = new HashMap<>();
    private final List<String> changes = new ArrayList<>();
    private final Thread thread = new Thread(this::read, "reader");
    private volatile boolean closed;
    private volatile int looks;

    TableReader(DataSource source) {
        this.source = source;
        thread.start();
    }

    /** How often the table was read. */
    int looks() {
        return looks;
    }

    /** Epochs that were seen with more or fewer rows than before; one look at the end included. */
    List<String> changes() throws SQLException {
        look();
        return changes;
    }

    private void read() {
        while (!closed) {
            try {
                look();
            } catch (SQLException e) {
                /* The server is being started anew; it is asked again. */
                Thread.onSpinWait();
            }
        }
    }

    private synchronized void look() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COUNTS)) {
            while (rows.next()) {
                String epoch = rows.getString(1) + ", epoch " + rows.getLong(2);
                Long before = seen.put(epoch, rows.getLong(3));
                if (before != null && before != rows.getLong(3)) {
                    changes.add(epoch + ": " + before + " rows, then " + rows.getLong(3));
                }
            }
            looks++;
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
