package dev.waxwing.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/**
 * The type of a column as the database has it.
 *
 * @param sqlType out of {@link java.sql.Types}
 * @param name as the database calls it
 * @param size characters that a text may have, digits that a decimal may have; {@link #UNKNOWN} if
 *     the database does not say
 * @param digits how many it keeps behind the point, or of a second; {@link #UNKNOWN} if it does not
 *     say
 */
record ColumnType(int sqlType, String name, ColumnKind kind, int size, int digits) {

    static final int UNKNOWN = -1;

    /** Those that a time has in Java. */
    static final int NANO_DIGITS = 9;

    /** More is how drivers write a negative one. */
    private static final int SCALE_MAX = 1000;

    /**
     * The type that a driver tells.
     *
     * @param index of the column, from 1
     */
    static ColumnType of(ResultSetMetaData facts, int index, Dialect dialect) throws SQLException {
        int type = facts.getColumnType(index);
        String name = String.valueOf(facts.getColumnTypeName(index));
        ColumnKind kind = dialect.kind(type, name);
        int size = facts.getPrecision(index) > 0 ? facts.getPrecision(index) : UNKNOWN;
        int digits =
                dialect.tellsDigits() ? digits(kind, size, facts.getScale(index), name) : UNKNOWN;
        return new ColumnType(type, name, kind, size, digits);
    }

    /** Whether a decimal has a number of digits of which the point may be anywhere. */
    boolean isDecimalFloat() {
        return isDecimalFloat(name);
    }

    private static boolean isDecimalFloat(String name) {
        return name.equalsIgnoreCase("decfloat");
    }

    /** This type by another name. */
    ColumnType withName(String other) {
        return new ColumnType(sqlType, other, kind, size, digits);
    }

    /** The type of the elements of an array. */
    ColumnType element() {
        String element = name.substring(1);
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
        return new ColumnType(
                type, element, elementKind, size, digits(elementKind, size, digits, element));
    }

    private static int digits(ColumnKind kind, int size, int scale, String name) {
        return switch (kind) {
            // What is declared of an array is of its elements.
            case ARRAY -> scale;
            // Without a declared size it has as many as come.
            case DECIMAL ->
                    size == UNKNOWN || scale < 0 || scale > SCALE_MAX || isDecimalFloat(name)
                            ? UNKNOWN
                            : scale;
            case TIME, TIME_WITH_ZONE, TIMESTAMP, TIMESTAMP_WITH_ZONE ->
                    scale >= 0 && scale <= NANO_DIGITS ? scale : UNKNOWN;
            default -> UNKNOWN;
        };
    }
}
