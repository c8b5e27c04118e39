package dev.waxwing.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** What any database should understand. */
final class StandardDialect implements Dialect {

    /** What drivers return that compares as it did, and that a recovery store keeps. */
    private static final Set<Class<?>> KEPT =
            Set.of(
                    Boolean.class,
                    Byte.class,
                    Short.class,
                    Integer.class,
                    Long.class,
                    Float.class,
                    Double.class,
                    BigInteger.class,
                    BigDecimal.class,
                    String.class,
                    UUID.class);

    private static final String H2 = "H2";

    private static final String HSQLDB = "HSQL Database Engine";

    /** From which on dates are Gregorian; what is older HSQLDB takes for Julian. */
    private static final LocalDate GREGORIAN = LocalDate.of(1582, 10, 15);

    private static final DateTimeFormatter HSQLDB_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT);

    private final Connection connection;
    private final String product;

    StandardDialect(Connection connection, String product) {
        this.connection = connection;
        this.product = product;
    }

    @Override
    public RowWriter writer(
            String table, List<TableColumn> columns, List<Integer> keys, OnKnownKey onKnownKey) {
        return new StandardWriter(connection, this, table, columns, keys, onKnownKey);
    }

    @Override
    public boolean tellsDigits() {
        return product.equals(H2) || product.equals(HSQLDB);
    }

    @Override
    public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        statement.setObject(index, dated(known(value)));
    }

    @Override
    public String keyTextType() {
        return "varchar(255)";
    }

    @Override
    public boolean blamesRow(SQLException failure) {
        SQLException last = SqlStates.last(failure);
        return SqlStates.blameRow(last.getSQLState())
                || last instanceof SQLIntegrityConstraintViolationException
                || last instanceof SQLDataException;
    }

    @Override
    public String reason(SQLException failure) {
        return String.valueOf(SqlStates.last(failure).getMessage());
    }

    @Override
    public String limited(String query, int rows) {
        return query + " fetch first " + rows + " rows only";
    }

    @Override
    public String positionOf(String quotedColumn) {
        return quotedColumn;
    }

    @Override
    public Object position(ResultSet row, int index, TableColumn column) throws SQLException {
        /* java.sql's own times go through the zone of the JVM, and lose hours and fractions. */
        Object value =
                switch (column.type().kind()) {
                    case TEXT -> row.getString(index);
                    case BINARY -> row.getBytes(index);
                    case DATE -> row.getObject(index, LocalDate.class);
                    case TIME -> row.getObject(index, LocalTime.class);
                    case TIME_WITH_ZONE -> row.getObject(index, OffsetTime.class);
                    case TIMESTAMP -> row.getObject(index, LocalDateTime.class);
                    case TIMESTAMP_WITH_ZONE -> row.getObject(index, OffsetDateTime.class);
                    default -> kept(column, row.getObject(index));
                };
        return value;
    }

    @Override
    public void bindPosition(PreparedStatement statement, int index, Object value)
            throws SQLException {
        statement.setObject(index, dated(value));
    }

    /* HSQLDB's driver moves dates that are older than its calendar by days; their texts it keeps. */
    private Object dated(Object value) {
        if (!product.equals(HSQLDB)) {
            return value;
        }
        if (value instanceof LocalDate date && date.isBefore(GREGORIAN)) {
            return date.toString();
        }
        if (value instanceof LocalDateTime time && time.toLocalDate().isBefore(GREGORIAN)) {
            return HSQLDB_TIME.format(time);
        }
        if (value instanceof OffsetDateTime time) {
            OffsetDateTime utc = time.withOffsetSameInstant(ZoneOffset.UTC);
            return utc.toLocalDate().isBefore(GREGORIAN) ? HSQLDB_TIME.format(utc) + "+0:00" : time;
        }
        return value;
    }

    /** A value as drivers know it: that of {@code java.time} which JDBC names, for instance. */
    static Object known(Object value) {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof ZonedDateTime time) {
            return time.toOffsetDateTime();
        }
        return value instanceof BigInteger number ? new BigDecimal(number) : value;
    }

    private static Object kept(TableColumn column, Object value) throws SQLException {
        if (KEPT.contains(value.getClass())) {
            return value;
        }
        throw new SQLException(
                "column '"
                        + column.name()
                        + "' of type "
                        + column.type().name()
                        + " cannot be read by, as its values come as "
                        + value.getClass().getName()
                        + ", of which no position can be kept; read a query that makes a number,"
                        + " text or time of it");
    }
}
