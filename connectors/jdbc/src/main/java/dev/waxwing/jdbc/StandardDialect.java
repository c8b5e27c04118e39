package dev.waxwing.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What any database should understand, with the few differences that cannot be had otherwise. */
final class StandardDialect implements Dialect {

    /** SQLite's own numbers of a value too big, a constraint and a wrong type; it has no states. */
    private static final List<Integer> SQLITE_BLAMES = List.of(18, 19, 20);

    private final Connection connection;
    private final String product;

    StandardDialect(Connection connection, String product) {
        this.connection = connection;
        this.product = product;
    }

    @Override
    public RowWriter writer(
            String table, List<TableColumn> columns, List<Integer> keys, OnKnownKey onKnownKey) {
        return new StandardWriter(connection, table, columns, keys, onKnownKey);
    }

    @Override
    public String keyTextType() {
        return "varchar(255)";
    }

    @Override
    public boolean blamesRow(SQLException failure) {
        SQLException last = last(failure);
        return SqlStates.blameRow(last.getSQLState())
                || last instanceof SQLIntegrityConstraintViolationException
                || last instanceof SQLDataException
                || (product.equals("SQLite") && SQLITE_BLAMES.contains(last.getErrorCode() & 0xff));
    }

    @Override
    public String reason(SQLException failure) {
        return String.valueOf(last(failure).getMessage());
    }

    @Override
    public String limited(String query, int rows) {
        return product.equals("SQLite")
                ? query + " limit " + rows
                : query + " fetch first " + rows + " rows only";
    }

    @Override
    public String positionOf(String quotedColumn) {
        return quotedColumn;
    }

    @Override
    public @Nullable Object position(ResultSet row, int index) throws SQLException {
        Object value = row.getObject(index);
        return value instanceof Timestamp timestamp ? timestamp.toLocalDateTime() : value;
    }

    @Override
    public void bindPosition(PreparedStatement statement, int index, Object value)
            throws SQLException {
        statement.setObject(index, value);
    }

    /* Of a batch, the first says only that something failed, and the last what. */
    private static SQLException last(SQLException failure) {
        SQLException last = failure;
        for (SQLException next = last.getNextException();
                next != null;
                next = next.getNextException()) {
            last = next;
        }
        return last;
    }
}
