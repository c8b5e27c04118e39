package dev.waxwing.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * PostgreSQL by its own driver. Values travel as text without a type, which the server takes for
 * the type of the column: so all types are open that have a text.
 */
final class PostgresDialect implements Dialect {

    private static final String RAISED_BY_A_TRIGGER = "P0001";

    private final Connection connection;

    PostgresDialect(Connection connection) {
        this.connection = connection;
    }

    /** Whether a connection is one of the driver that this is written for. */
    static boolean hasDriver(Connection connection) throws SQLException {
        try {
            return connection.isWrapperFor(PGConnection.class);
        } catch (NoClassDefFoundError e) {
            // Somebody else's driver: the standard has to do.
            return false;
        }
    }

    @Override
    public RowWriter writer(
            String table, List<TableColumn> columns, List<Integer> keys, OnKnownKey onKnownKey)
            throws SQLException {
        if (keys.isEmpty()) {
            CopyWriter copying = new CopyWriter(connection, table, columns);
            return copying.isPossible()
                    ? copying
                    : new BlockWriter(connection, table, columns, keys, "");
        }
        String conflict = onConflict(columns, keys, onKnownKey);
        checkKeys(table, columns, keys, conflict);
        return new BlockWriter(connection, table, columns, keys, conflict);
    }

    @Override
    public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        statement.setObject(index, StandardDialect.known(value));
    }

    @Override
    public String keyTextType() {
        return "text";
    }

    @Override
    public boolean blamesRow(SQLException failure) {
        return SqlStates.blameRow(failure.getSQLState())
                || RAISED_BY_A_TRIGGER.equals(failure.getSQLState());
    }

    @Override
    public String reason(SQLException failure) {
        SQLException inner =
                failure.getNextException() == null ? failure : failure.getNextException();
        ServerErrorMessage told =
                inner instanceof PSQLException known ? known.getServerErrorMessage() : null;
        if (told == null) {
            return String.valueOf(inner.getMessage());
        }
        String detail = told.getDetail() == null ? "" : ": " + told.getDetail();
        return told.getMessage() + detail + " (" + told.getSQLState() + ")";
    }

    @Override
    public String limited(String query, int rows) {
        return query + " limit " + rows;
    }

    @Override
    public String positionOf(String quotedColumn) {
        return "cast(" + quotedColumn + " as text)";
    }

    @Override
    public Object position(ResultSet row, int index, TableColumn column) throws SQLException {
        return row.getString(index);
    }

    @Override
    public void bindPosition(PreparedStatement statement, int index, Object value)
            throws SQLException {
        bindText(statement, index, (String) value);
    }

    /** Binds a text that the server is to take for what the place needs. */
    static void bindText(PreparedStatement statement, int index, @Nullable String text)
            throws SQLException {
        if (text == null) {
            statement.setNull(index, Types.OTHER);
        } else {
            statement.setObject(index, text, Types.OTHER);
        }
    }

    private static String onConflict(
            List<TableColumn> columns, List<Integer> keys, OnKnownKey onKnownKey) {
        String names = keys.stream().map(key -> columns.get(key).quoted()).collect(joining());
        String sets =
                columns.stream()
                        .filter(column -> !keys.contains(columns.indexOf(column)))
                        .map(column -> column.quoted() + " = excluded." + column.quoted())
                        .collect(joining());
        return " on conflict ("
                + names
                + ") do "
                + (sets.isEmpty() || onKnownKey == OnKnownKey.KEEP
                        ? "nothing"
                        : "update set " + sets);
    }

    /** Columns as a list in parentheses. */
    static String listed(List<TableColumn> columns) {
        return " (" + columns.stream().map(TableColumn::quoted).collect(joining()) + ")";
    }

    /* Otherwise it would be known when the first epoch is decided. */
    private void checkKeys(
            String table, List<TableColumn> columns, List<Integer> keys, String conflict)
            throws SQLException {
        String nulls = String.join(", ", Collections.nCopies(columns.size(), "null"));
        try (Statement explain = connection.createStatement()) {
            explain.execute(
                    "explain insert into "
                            + table
                            + listed(columns)
                            + " values ("
                            + nulls
                            + ")"
                            + conflict);
        } catch (SQLException e) {
            throw new SQLException(
                    "rows of table "
                            + table
                            + " cannot be replaced by the keys "
                            + keys.stream().map(key -> columns.get(key).name()).toList()
                            + ": "
                            + reason(e)
                            + "; there must be a primary key or a unique index of just these"
                            + " columns",
                    e.getSQLState(),
                    e);
        }
    }

    private static Collector<CharSequence, ?, String> joining() {
        return Collectors.joining(", ");
    }
}
