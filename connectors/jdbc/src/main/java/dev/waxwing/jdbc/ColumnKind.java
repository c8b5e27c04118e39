package dev.waxwing.jdbc;

import java.sql.Types;
import java.util.Locale;

/** The kind of values that a column takes. */
enum ColumnKind {
    WHOLE_NUMBER,
    DECIMAL,
    APPROXIMATE,
    BOOLEAN,
    TEXT,
    BINARY,
    UUID,
    DATE,
    TIME,
    TIME_WITH_ZONE,
    TIMESTAMP,
    TIMESTAMP_WITH_ZONE,

    /** An array of PostgreSQL. */
    ARRAY,

    /** Any value, in a type of its own, as in SQLite. */
    ANY,

    /** Something else: what goes into it is between the user and the database. */
    OTHER;

    /** Whether values that are equal to the database are so in Java. */
    boolean isEqualInJava() {
        return switch (this) {
            case WHOLE_NUMBER, BOOLEAN, BINARY, UUID, DATE, TIME, TIMESTAMP -> true;
            default -> false;
        };
    }

    /**
     * The kind of a type.
     *
     * @param sqlType out of {@link Types}; some drivers give the same for types with and without
     *     zone
     * @param typeName as the database calls it
     */
    static ColumnKind of(int sqlType, String typeName) {
        String name = typeName.toLowerCase(Locale.ROOT);
        boolean hasZone = name.endsWith("tz") || name.contains("with time zone");
        if (name.startsWith("enum(")) {
            // A number would be taken for a place among its constants.
            return TEXT;
        }
        return switch (name) {
            case "uuid" -> UUID;
            case "decfloat" -> DECIMAL;
            case "money", "bit" -> OTHER;
            default ->
                    switch (sqlType) {
                        case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
                                WHOLE_NUMBER;
                        case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
                        case Types.REAL, Types.FLOAT, Types.DOUBLE -> APPROXIMATE;
                        case Types.BIT, Types.BOOLEAN -> BOOLEAN;
                        case Types.CHAR,
                                Types.VARCHAR,
                                Types.LONGVARCHAR,
                                Types.NCHAR,
                                Types.NVARCHAR,
                                Types.LONGNVARCHAR,
                                Types.CLOB,
                                Types.NCLOB ->
                                TEXT;
                        case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                                BINARY;
                        case Types.DATE -> DATE;
                        case Types.TIME -> hasZone ? TIME_WITH_ZONE : TIME;
                        case Types.TIME_WITH_TIMEZONE -> TIME_WITH_ZONE;
                        case Types.TIMESTAMP -> hasZone ? TIMESTAMP_WITH_ZONE : TIMESTAMP;
                        case Types.TIMESTAMP_WITH_TIMEZONE -> TIMESTAMP_WITH_ZONE;
                        case Types.ARRAY ->
                                name.startsWith("_") || name.startsWith("\"") ? ARRAY : OTHER;
                        default -> OTHER;
                    };
        };
    }
}
