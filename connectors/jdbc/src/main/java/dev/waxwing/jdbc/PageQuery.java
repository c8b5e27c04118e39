package dev.waxwing.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The query of the rows of a part that come after a position, in order. Behind the columns of a row
 * it selects those of the position and, if there is a lag, whether the row is settled.
 */
final class PageQuery {

    private final Dialect dialect;
    private final SourcePart part;
    private final List<TableColumn> columns;
    private final List<String> growing;
    private final String select;
    private final int rows;

    private PageQuery(
            Dialect dialect,
            SourcePart part,
            List<TableColumn> columns,
            List<String> growing,
            String select,
            int rows) {
        this.dialect = dialect;
        this.part = part;
        this.columns = columns;
        this.growing = growing;
        this.select = select;
        this.rows = rows;
    }

    /**
     * Checks that the columns are there.
     *
     * @param rows how many a page has at most
     */
    static PageQuery of(Connection connection, Reading<?> reading, SourcePart part, int rows)
            throws SQLException {
        Identifiers identifiers = Identifiers.of(connection);
        TableName table = reading.table();
        String relation =
                (table == null ? "(" + reading.query() + ")" : table.quoted(identifiers))
                        + " waxwing_rows";
        String what = table == null ? "the query" : "table " + table.quoted(identifiers);
        List<String> names = new ArrayList<>(reading.growing());
        Reading.Lag lag = reading.settled();
        if (lag != null) {
            names.add(lag.column());
        }
        Dialect dialect = Dialect.of(connection);
        List<String> growing = new ArrayList<>();
        StringBuilder select = new StringBuilder("select waxwing_rows.*");
        List<TableColumn> columns = TableColumn.find(connection, dialect, relation, what, names);
        for (TableColumn column : columns) {
            String quoted = "waxwing_rows." + column.quoted();
            if (growing.size() < reading.growing().size()) {
                growing.add(quoted);
                select.append(", ").append(dialect.positionOf(quoted));
            } else if (lag != null) {
                select.append(", ").append(quoted).append(" <= ").append(before(lag.duration()));
            }
        }
        select.append(" from ").append(relation).append(" where ");
        growing.forEach(column -> select.append(column).append(" is not null and "));
        select.append(part.condition().isEmpty() ? "1 = 1" : "(" + part.condition() + ")");
        return new PageQuery(dialect, part, columns, growing, select.toString(), rows);
    }

    /** How many columns a position has. */
    int positionColumns() {
        return growing.size();
    }

    /** The value of a row in one of these columns, which is selected at an index. */
    Object position(ResultSet row, int column, int index) throws SQLException {
        return dialect.position(row, index, columns.get(column));
    }

    /** The query, with all that is bound. */
    PreparedStatement prepared(Connection connection, List<Object> position) throws SQLException {
        String after = position.isEmpty() ? "" : " and " + after(0);
        PreparedStatement query =
                connection.prepareStatement(
                        dialect.limited(
                                select + after + " order by " + String.join(", ", growing), rows));
        try {
            int index = 1;
            for (Object value : part.values()) {
                dialect.bind(query, index++, value);
            }
            if (!position.isEmpty()) {
                bind(query, index, position);
            }
            return query;
        } catch (Throwable e) {
            query.close();
            throw e;
        }
    }

    /* a >= ? and (a > ? or (b >= ? and (b > ? or c > ?))); an index is used for the first part. */
    private String after(int column) {
        String name = growing.get(column);
        return column + 1 == growing.size()
                ? name + " > ?"
                : name + " >= ? and (" + name + " > ? or (" + after(column + 1) + "))";
    }

    private void bind(PreparedStatement query, int first, List<Object> position)
            throws SQLException {
        int index = first;
        for (int i = 0; i < position.size(); i++) {
            dialect.bindPosition(query, index++, position.get(i));
            if (i + 1 < position.size()) {
                dialect.bindPosition(query, index++, position.get(i));
            }
        }
    }

    private static String before(Duration lag) {
        return String.format(
                Locale.ROOT,
                "current_timestamp - interval '%d.%06d' second",
                lag.toSeconds(),
                lag.toNanosPart() / 1_000);
    }
}
