package dev.waxwing.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes rows, of which at least one is refused, within a transaction so that those are told apart.
 *
 * <p>What is refused together is undone and tried in halves, the first before the second, down to
 * single rows. So each row meets all rows before it that were taken, as if they were written one by
 * one, and of two rows that exclude each other the later one is told.
 */
final class RowSearch {

    private final Connection connection;
    private final Dialect dialect;
    private final RowWriter writer;
    private final Rows<?> rows;
    private final Map<Integer, String> refused = new TreeMap<>();

    RowSearch(Connection connection, Dialect dialect, RowWriter writer, Rows<?> rows) {
        this.connection = connection;
        this.dialect = dialect;
        this.writer = writer;
        this.rows = rows;
    }

    /**
     * Writes all rows that can be written.
     *
     * @return why the others cannot, by their index
     * @throws SQLException if something other than a row is to blame
     */
    Map<Integer, String> run() throws SQLException {
        int middle = rows.count() >>> 1;
        search(0, middle);
        search(middle, rows.count());
        return refused;
    }

    private void search(int from, int to) throws SQLException {
        if (from == to) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        String reason;
        try {
            writer.write(rows, from, to);
            connection.releaseSavepoint(before);
            return;
        } catch (UnwritableRowException e) {
            reason = String.valueOf(e.getMessage());
        } catch (SQLException e) {
            if (!dialect.blamesRow(e)) {
                throw e;
            }
            reason = dialect.reason(e);
        }
        connection.rollback(before);
        if (to - from == 1) {
            refused.put(from, reason);
            return;
        }
        int middle = (from + to) >>> 1;
        search(from, middle);
        search(middle, to);
    }
}
