package dev.waxwing.jdbc;

import dev.waxwing.sink.Commit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table that is written by one connection, in transactions. Whoever calls its methods ends the
 * transaction, or {@linkplain #giveUp gives up} the whole after a failure.
 */
final class OpenTable<X> {

    private final Connection connection;
    private final Dialect dialect;
    private final RowForm<X> form;
    private final List<TableColumn> columns;
    private final RowWriter writer;

    private OpenTable(
            Connection connection,
            Dialect dialect,
            RowForm<X> form,
            List<TableColumn> columns,
            RowWriter writer) {
        this.connection = connection;
        this.dialect = dialect;
        this.form = form;
        this.columns = columns;
        this.writer = writer;
    }

    /**
     * Connects, and checks that the columns are there; changes nothing.
     *
     * @throws SQLException that says what is missing
     */
    static <X> OpenTable<X> open(
            Database database, TableName name, RowForm<X> form, OnKnownKey onKnownKey)
            throws Exception {
        Connection connection = database.open();
        try {
            connection.setAutoCommit(false);
            Dialect dialect = Dialect.of(connection);
            String table = name.quoted(Identifiers.of(connection));
            List<TableColumn> columns =
                    dialect.declared(
                            name,
                            TableColumn.find(
                                    connection, dialect, table, "table " + table, form.names()));
            RowWriter writer = dialect.writer(table, columns, form.keyPlaces(), onKnownKey);
            connection.rollback();
            return new OpenTable<>(connection, dialect, form, columns, writer);
        } catch (Throwable e) {
            closeAfter(e, connection);
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Items as rows of the table; {@code commit} is null if no column is of it. */
    Rows<X> rows(@Nullable Commit commit, List<X> items) {
        return new Rows<>(form, columns, commit, items);
    }

    /**
     * Writes all rows at once, which is by far the fastest way and nearly always succeeds.
     *
     * @return false if a row is to blame; the transaction must be rolled back then
     */
    boolean tryWrite(Rows<X> rows) throws SQLException {
        try {
            writer.write(rows, 0, rows.count());
            return true;
        } catch (UnwritableRowException e) {
            return false;
        } catch (SQLException e) {
            if (dialect.blamesRow(e)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Writes all rows that can be written.
     *
     * @return why the others cannot, by their index
     */
    Map<Integer, String> writeWhatCanBe(Rows<X> rows) throws SQLException {
        return new RowSearch(connection, dialect, writer, rows).run();
    }

    /** Closes the connection after a failure, which is told what else fails. */
    void giveUp(Throwable failure) {
        closeAfter(failure, connection);
    }

    void close() throws SQLException {
        // Some pools hand a connection on as it is.
        connection.setAutoCommit(true);
        connection.close();
    }

    private static void closeAfter(Throwable failure, Connection connection) {
        // What is not known to be committed ends with the connection, here or on the server.
        try (connection) {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
