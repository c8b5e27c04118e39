package dev.waxwing.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query of the rows of a part from a position on, in order. Behind the columns of a row it
 * selects what reading needs.
 */
final class PageQuery {

    /*
     * Which rows come behind a position, and which are equal to it, is for the database to say: 1.0
     * and 1.00, "a" and "A", "1 month" and "30 days" may be equal there and are not in Java. So the
     * row of the position is asked for again, with all that are equal to it, in whatever order.
     *
     * What is selected behind the columns of a row: the columns of the position, whether the row is
     * equal to the position, and, if there is a lag, its time and the clock of the database.
     */
    private final Dialect dialect;
    private final SourcePart part;
    private final @Nullable Lag lag;
    private final List<TableColumn> growing;
    private final Clauses clauses;
    private final int rows;

    private PageQuery(
            Dialect dialect,
            SourcePart part,
            @Nullable Lag lag,
            List<TableColumn> growing,
            Clauses clauses,
            int rows) {
        this.dialect = dialect;
        this.part = part;
        this.lag = lag;
        this.growing = growing;
        this.clauses = clauses;
        this.rows = rows;
    }

    /**
     * The beginnings of all queries.
     *
     * @param select what is selected, but for whether a row is equal to the position
     * @param from the rest of it, and where it comes from: rows that have a position
     * @param fromAll where all rows of the part come from
     */
    private record Clauses(String select, String from, String fromAll) {}

    /** Checks that the columns are there, and can be used. */
    static PageQuery of(Connection connection, Reading<?> reading, SourcePart part)
            throws SQLException {
        Identifiers identifiers = Identifiers.of(connection);
        TableName table = reading.table();
        String relation =
                (table == null ? "(" + reading.query() + "\n)" : table.quoted(identifiers))
                        + " waxwing_rows";
        String what = table == null ? "the query" : "table " + table.quoted(identifiers);
        List<String> names = new ArrayList<>(reading.growing());
        Lag lag = reading.lag();
        if (lag != null) {
            names.add(lag.column());
        }
        Dialect dialect = Dialect.of(connection);
        List<TableColumn> columns = TableColumn.find(connection, dialect, relation, what, names);
        List<TableColumn> growing = columns.subList(0, reading.growing().size());
        StringBuilder select = new StringBuilder("select waxwing_rows.*");
        for (TableColumn column : growing) {
            select.append(", ").append(dialect.positionOf(name(column)));
        }
        String settling = "";
        if (lag != null) {
            TableColumn time = columns.get(growing.size());
            lag.check(time);
            settling = ", " + name(time) + ", current_timestamp";
        }
        String from =
                " from "
                        + relation
                        + " where "
                        + (part.condition().isEmpty() ? "1 = 1" : "(" + part.condition() + "\n)");
        String known =
                growing.stream()
                        .map(column -> " and " + name(column) + " is not null")
                        .collect(Collectors.joining());
        return new PageQuery(
                dialect,
                part,
                lag,
                growing,
                new Clauses(select.toString(), settling + from + known, from),
                reading.batchItems());
    }

    /**
     * The query, with all that is bound. It finds the rows that are equal to the position, and a
     * page of those behind it.
     *
     * @param at without values to begin with the first row
     */
    PreparedStatement prepared(Connection connection, JdbcPosition at) throws SQLException {
        List<Object> position = at.values();
        boolean isFirst = position.isEmpty();
        String sql =
                clauses.select()
                        + (isFirst
                                ? ", 0"
                                : ", case when " + each(" = ?", " and ") + " then 1 else 0 end")
                        + clauses.from()
                        + (isFirst ? "" : " and " + onwards(0))
                        + " order by "
                        + each("", ", ");
        PreparedStatement query =
                connection.prepareStatement(
                        dialect.limited(sql, isFirst ? rows : rows + 1 + at.alike().size()));
        try {
            int index = 1;
            for (Object value : position) {
                dialect.bindPosition(query, index++, value);
            }
            for (Object value : part.values()) {
                dialect.bind(query, index++, value);
            }
            for (int i = 0; i < position.size(); i++) {
                dialect.bindPosition(query, index++, position.get(i));
                if (i + 1 < position.size()) {
                    dialect.bindPosition(query, index++, position.get(i));
                }
            }
            return query;
        } catch (Throwable e) {
            query.close();
            throw e;
        }
    }

    /**
     * Whether the database may take two neighbours for equal; if not, it need not be asked.
     *
     * @param before without values if there is none
     */
    boolean mayBeEqual(List<Object> before, List<Object> values) {
        for (int i = 0; i < growing.size() && !before.isEmpty(); i++) {
            if (growing.get(i).type().kind().isEqualInJava()
                    && !Objects.deepEquals(before.get(i), values.get(i))) {
                return false;
            }
        }
        return !before.isEmpty();
    }

    /** The values of all rows that the database takes for equal. */
    List<List<Object>> equal(Connection connection, List<Object> values) throws SQLException {
        String sql = clauses.select() + ", 0" + clauses.from() + " and " + each(" = ?", " and ");
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            int index = 1;
            for (Object value : part.values()) {
                dialect.bind(query, index++, value);
            }
            for (Object value : values) {
                dialect.bindPosition(query, index++, value);
            }
            List<List<Object>> equal = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    equal.add(position(row));
                }
            }
            return equal;
        }
    }

    /**
     * Names of growing columns in which a row of the part has null, by which nothing is ordered.
     */
    List<String> withNull(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        for (TableColumn column : growing) {
            if (column.mayBeNull() && hasNull(connection, column)) {
                found.add(column.name());
            }
        }
        return found;
    }

    private boolean hasNull(Connection connection, TableColumn column) throws SQLException {
        String sql =
                dialect.limited(
                        "select 1" + clauses.fromAll() + " and " + name(column) + " is null", 1);
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            int index = 1;
            for (Object value : part.values()) {
                dialect.bind(query, index++, value);
            }
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** The number of columns of a row for the user, which are the first. */
    int userColumns(ResultSet row) throws SQLException {
        return row.getMetaData().getColumnCount() - growing.size() - (lag == null ? 1 : 3);
    }

    /** The values of a row in the growing columns. */
    List<Object> position(ResultSet row) throws SQLException {
        int index = userColumns(row) + 1;
        List<Object> values = new ArrayList<>();
        for (TableColumn column : growing) {
            values.add(Objects.requireNonNull(dialect.position(row, index++, column)));
        }
        return values;
    }

    /** Whether the database takes a row for equal to the position from which on is read. */
    boolean isAtPosition(ResultSet row) throws SQLException {
        return row.getInt(userColumns(row) + growing.size() + 1) == 1;
    }

    /** Whether a row has waited long enough. */
    Lag.Settled settled(ResultSet row) throws SQLException {
        return lag == null
                ? Lag.Settled.YES
                : lag.settled(row, userColumns(row) + growing.size() + 2);
    }

    /* a >= ? and (a > ? or (b >= ? and (b > ? or c >= ?))); an index is used for the first part. */
    private String onwards(int column) {
        String name = name(growing.get(column));
        return column + 1 == growing.size()
                ? name + " >= ?"
                : name + " >= ? and (" + name + " > ? or (" + onwards(column + 1) + "))";
    }

    private String each(String behind, String between) {
        return growing.stream()
                .map(column -> name(column) + behind)
                .collect(Collectors.joining(between));
    }

    private static String name(TableColumn column) {
        return "waxwing_rows." + column.quoted();
    }
}
