package dev.waxwing.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** How a database differs from others. Confined to one connection. */
sealed interface Dialect permits PostgresDialect, SqliteDialect, StandardDialect {

    /** The dialect of a connection's database. */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        if (product.equals("SQLite")) {
            return new SqliteDialect(connection);
        }
        return product.equals("PostgreSQL") && PostgresDialect.hasDriver(connection)
                ? new PostgresDialect(connection)
                : new StandardDialect(connection, product);
    }

    /**
     * A writer of rows. Looks whether the table can be written to, and so may leave a transaction
     * that has failed and must be rolled back; the table is as it was.
     *
     * @param table as SQL has it
     * @param columns what the database says of the columns that are written
     * @param keys places of the key columns; empty to insert
     * @throws SQLException if rows cannot be written by these keys
     */
    RowWriter writer(
            String table, List<TableColumn> columns, List<Integer> keys, OnKnownKey onKnownKey)
            throws SQLException;

    /** What kind of values a type takes; the parameters are those of {@link ColumnKind#of}. */
    default ColumnKind kind(int sqlType, String typeName) {
        return ColumnKind.of(sqlType, typeName);
    }

    /** Columns of a table with the types that they were declared with, if the driver has others. */
    default List<TableColumn> declared(TableName table, List<TableColumn> columns)
            throws SQLException {
        return columns;
    }

    /** Whether the driver is known to say how many digits a column keeps. */
    default boolean tellsDigits() {
        return true;
    }

    /** Binds a value that the user gave for a condition, or that {@link Fitting} has let pass. */
    void bind(PreparedStatement statement, int index, Object value) throws SQLException;

    /** The type of a text of any length, or of as much as can be a key. */
    String keyTextType();

    /** Whether a row is to blame that the database would refuse again, and not the moment. */
    boolean blamesRow(SQLException failure);

    /** What the database says against a row. */
    String reason(SQLException failure);

    /** A query of so many rows at most. */
    String limited(String query, int rows);

    /** What to select of a column so that {@link #bindPosition} can compare with it exactly. */
    String positionOf(String quotedColumn);

    /**
     * What was selected by {@link #positionOf}, as a value that can be kept; never null.
     *
     * @throws SQLException if values of the column cannot be kept
     */
    Object position(ResultSet row, int index, TableColumn column) throws SQLException;

    /** Binds what {@link #position} has returned. */
    void bindPosition(PreparedStatement statement, int index, Object value) throws SQLException;
}
