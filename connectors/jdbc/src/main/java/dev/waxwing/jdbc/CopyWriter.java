package dev.waxwing.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Inserts by COPY. */
final class CopyWriter implements RowWriter {

    private static final int SEND_CHARS = 1 << 15;

    /** COPY into a table with row-level security, and into what is no table. */
    private static final List<String> NO_COPY = List.of("0A000", "42809");

    private final Connection connection;
    private final List<TableColumn> columns;
    private final String copy;

    CopyWriter(Connection connection, String table, List<TableColumn> columns) {
        this.connection = connection;
        this.columns = columns;
        this.copy = "copy " + table + PostgresDialect.listed(columns) + " from stdin";
    }

    /**
     * Whether the table is one to copy into; leaves a transaction that must be rolled back.
     *
     * @throws SQLException if there is another reason why not
     */
    boolean isPossible() throws SQLException {
        try {
            open().cancelCopy();
            return true;
        } catch (SQLException e) {
            if (NO_COPY.contains(String.valueOf(e.getSQLState()))) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void write(Rows<?> rows, int from, int to) throws SQLException, UnwritableRowException {
        CopyLines lines = new CopyLines();
        CopyIn copying = open();
        try {
            for (int i = from; i < to; i++) {
                add(lines, rows.at(i));
                if (lines.length() >= SEND_CHARS || i + 1 == to) {
                    byte[] bytes = lines.take();
                    copying.writeToCopy(bytes, 0, bytes.length);
                }
            }
            copying.endCopy();
        } finally {
            if (copying.isActive()) {
                copying.cancelCopy();
            }
        }
    }

    private CopyIn open() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
    }

    private void add(CopyLines lines, Rows.Row row) throws UnwritableRowException {
        for (int place = 0; place < columns.size(); place++) {
            String column = columns.get(place).name();
            lines.add(PostgresText.of(column, row.values()[place]), place);
        }
        lines.endRow();
    }
}
