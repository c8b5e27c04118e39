package dev.waxwing.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * SQLite, where each value has a type of its own: one of whole number, floating-point number, text
 * and bytes. What the columns of a table were declared as changes little, so they are of no kind
 * here. Whatever else there is in Java is text, by {@link SqliteText}.
 */
final class SqliteDialect implements Dialect {

    /** Numbers of a value too big, a constraint and a wrong type; there are no states. */
    private static final List<Integer> BLAMES = List.of(18, 19, 20);

    private final Connection connection;

    SqliteDialect(Connection connection) {
        this.connection = connection;
    }

    @Override
    public RowWriter writer(
            String table, List<TableColumn> columns, List<Integer> keys, OnKnownKey onKnownKey) {
        return new StandardWriter(connection, this, table, columns, keys, onKnownKey);
    }

    @Override
    public ColumnKind kind(int sqlType, String typeName) {
        return ColumnKind.ANY;
    }

    /* The driver calls a column numeric that was declared without a type, and any type means none
     * in a strict table only. */
    @Override
    public List<TableColumn> declared(TableName table, List<TableColumn> columns)
            throws SQLException {
        Map<String, String> types = new HashMap<>();
        String in = table.schema() == null ? "" : ", ?2";
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select name, case when upper(type) = 'ANY' and exists (select 1 from"
                                + " pragma_table_list(?1) where strict) then '' else upper(type) end from"
                                + " pragma_table_info(?1"
                                + in
                                + ")")) {
            select.setString(1, table.table());
            if (table.schema() != null) {
                select.setString(2, table.schema());
            }
            try (ResultSet type = select.executeQuery()) {
                while (type.next()) {
                    types.put(type.getString(1), type.getString(2));
                }
            }
        }
        return columns.stream()
                .map(column -> column.withTypeName(types.getOrDefault(column.name(), "")))
                .toList();
    }

    @Override
    public boolean tellsDigits() {
        return false;
    }

    @Override
    public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        statement.setObject(index, stored(value));
    }

    @Override
    public String keyTextType() {
        return "varchar(255)";
    }

    @Override
    public boolean blamesRow(SQLException failure) {
        return BLAMES.contains(SqlStates.last(failure).getErrorCode() & 0xff);
    }

    @Override
    public String reason(SQLException failure) {
        return String.valueOf(SqlStates.last(failure).getMessage());
    }

    @Override
    public String limited(String query, int rows) {
        return query + " limit " + rows;
    }

    @Override
    public String positionOf(String quotedColumn) {
        return quotedColumn;
    }

    @Override
    public Object position(ResultSet row, int index, TableColumn column) throws SQLException {
        // As it is stored, which is how it compares; whatever the column was declared as.
        return row.getObject(index);
    }

    @Override
    public void bindPosition(PreparedStatement statement, int index, Object value)
            throws SQLException {
        statement.setObject(index, value);
    }

    private static Object stored(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof BigInteger number) {
            return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number.toString();
        }
        boolean isStored =
                value instanceof byte[]
                        || value instanceof Byte
                        || value instanceof Short
                        || value instanceof Integer
                        || value instanceof Long
                        || value instanceof Float
                        || value instanceof Double
                        || value instanceof BigDecimal;
        return isStored ? value : SqliteText.of(value);
    }
}
