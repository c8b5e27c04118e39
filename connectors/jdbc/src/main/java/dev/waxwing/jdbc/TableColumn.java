package dev.waxwing.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A column as the database has it.
 *
 * @param quoted its name, as SQL has it
 * @param sqlType out of {@link java.sql.Types}
 * @param typeName as the database calls it
 * @param size characters that a text may have, digits that a decimal may have; {@link #UNKNOWN} if
 *     the database does not say
 * @param digits how many it keeps behind the point, or of a second; {@link #UNKNOWN} if it does not
 *     say
 * @param mayBeNull false if the database says that it is never null
 */
record TableColumn(
        String name,
        String quoted,
        int sqlType,
        String typeName,
        ColumnKind kind,
        int size,
        int digits,
        boolean mayBeNull) {

    static final int UNKNOWN = -1;

    /** Those that a time has in Java. */
    static final int NANO_DIGITS = 9;

    /** More is how drivers write a negative one. */
    private static final int SCALE_MAX = 1000;

    /**
     * Looks up columns.
     *
     * @param relation as SQL has it: a table, or a query in parentheses with a name
     * @param what it is called in messages
     * @throws SQLException that names all that are missing
     */
    static List<TableColumn> find(
            Connection connection,
            Dialect dialect,
            String relation,
            String what,
            List<String> names)
            throws SQLException {
        Map<String, TableColumn> all = all(connection, dialect, relation, what);
        List<String> missing =
                names.stream().filter(name -> !all.containsKey(name)).distinct().toList();
        if (!missing.isEmpty()) {
            throw new SQLException(
                    what
                            + " has no column "
                            + quoted(missing)
                            + ", only "
                            + quoted(List.copyOf(all.keySet()))
                            + "; add what is missing, or correct the names, in which upper and"
                            + " lower case differ");
        }
        Identifiers identifiers = Identifiers.of(connection);
        List<TableColumn> found = new ArrayList<>();
        for (String name : names) {
            TableColumn column = Objects.requireNonNull(all.get(name));
            found.add(
                    new TableColumn(
                            name,
                            identifiers.quoted(name),
                            column.sqlType(),
                            column.typeName(),
                            column.kind(),
                            column.size(),
                            column.digits(),
                            column.mayBeNull()));
        }
        return found;
    }

    /** Whether a decimal has a number of digits of which the point may be anywhere. */
    boolean isDecimalFloat() {
        return isDecimalFloat(typeName);
    }

    private static boolean isDecimalFloat(String typeName) {
        return typeName.equalsIgnoreCase("decfloat");
    }

    /** This column, if its type is another. */
    TableColumn withTypeName(String other) {
        return new TableColumn(name, quoted, sqlType, other, kind, size, digits, mayBeNull);
    }

    /** What the elements are of a column of arrays. */
    TableColumn element() {
        String element = typeName.substring(1);
        int type =
                switch (element) {
                    case "int2", "int4", "int8" -> Types.BIGINT;
                    case "numeric" -> Types.NUMERIC;
                    case "float4" -> Types.REAL;
                    case "float8" -> Types.DOUBLE;
                    case "bool" -> Types.BOOLEAN;
                    case "text", "varchar", "bpchar", "name" -> Types.VARCHAR;
                    case "bytea" -> Types.BINARY;
                    case "date" -> Types.DATE;
                    case "time", "timetz" -> Types.TIME;
                    case "timestamp", "timestamptz" -> Types.TIMESTAMP;
                    default -> Types.OTHER;
                };
        ColumnKind elementKind = ColumnKind.of(type, element);
        return new TableColumn(
                name,
                quoted,
                type,
                element,
                elementKind,
                size,
                digits(elementKind, size, digits, element),
                true);
    }

    private static Map<String, TableColumn> all(
            Connection connection, Dialect dialect, String relation, String what)
            throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select * from " + relation + " where 1 = 0");
                ResultSet nothing = select.executeQuery()) {
            ResultSetMetaData facts = nothing.getMetaData();
            Map<String, TableColumn> all = new LinkedHashMap<>();
            for (int i = 1; i <= facts.getColumnCount(); i++) {
                String name = facts.getColumnName(i);
                int type = facts.getColumnType(i);
                String typeName = String.valueOf(facts.getColumnTypeName(i));
                ColumnKind kind = dialect.kind(type, typeName);
                int size = facts.getPrecision(i) > 0 ? facts.getPrecision(i) : UNKNOWN;
                all.put(
                        name,
                        new TableColumn(
                                name,
                                "",
                                type,
                                typeName,
                                kind,
                                size,
                                dialect.tellsDigits()
                                        ? digits(kind, size, facts.getScale(i), typeName)
                                        : UNKNOWN,
                                facts.isNullable(i) != ResultSetMetaData.columnNoNulls));
            }
            return all;
        } catch (SQLException e) {
            throw new SQLException(
                    what
                            + " cannot be read: "
                            + e.getMessage()
                            + "; see that it is there, by this name in upper and lower case, and"
                            + " may be read",
                    e.getSQLState(),
                    e.getErrorCode(),
                    e);
        }
    }

    private static int digits(ColumnKind kind, int size, int scale, String typeName) {
        return switch (kind) {
            // What is declared of an array is of its elements.
            case ARRAY -> scale;
            // Without a declared size it has as many as come.
            case DECIMAL ->
                    size == UNKNOWN || scale < 0 || scale > SCALE_MAX || isDecimalFloat(typeName)
                            ? UNKNOWN
                            : scale;
            case TIME, TIME_WITH_ZONE, TIMESTAMP, TIMESTAMP_WITH_ZONE ->
                    scale >= 0 && scale <= NANO_DIGITS ? scale : UNKNOWN;
            default -> UNKNOWN;
        };
    }

    private static String quoted(List<String> names) {
        return "'" + String.join("', '", names) + "'";
    }
}
