package dev.waxwing.jdbc;

import java.io.Serializable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How long a row waits before it is read.
 *
 * @param column has the time when a row was written
 * @param zone of the times in the column, if it has none itself
 */
record Lag(String column, Duration duration, @Nullable ZoneId zone) implements Serializable {

    /** Whether a row has waited long enough. */
    enum Settled {
        YES,
        NOT_YET,

        /** Its time is null, or infinity in PostgreSQL: it would never settle. */
        UNKNOWN
    }

    Lag {
        Identifiers.check("the name of a column", column);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(
                    "the lag must be longer than zero, but was " + duration);
        }
    }

    /** Refuses a column whose values are not moments. */
    void check(TableColumn found) throws SQLException {
        String what = "column '" + column + "' of type " + found.type().name();
        switch (found.type().kind()) {
            case TIMESTAMP_WITH_ZONE -> {
                if (zone != null) {
                    throw new SQLException(
                            what + " has a zone itself; call withLag without " + zone);
                }
            }
            case TIMESTAMP -> {
                if (zone == null) {
                    throw new SQLException(
                            what
                                    + " has no zone, so that its times may be of any; say of which"
                                    + " they are: withLag(column, lag, ZoneOffset.UTC), for"
                                    + " instance, or make the column one with time zone");
                }
            }
            default ->
                    throw new SQLException(
                            what
                                    + " does not tell when a row was written; withLag needs one of"
                                    + " timestamp with time zone, or of timestamp and its zone"
                                    + (found.type().kind() == ColumnKind.ANY
                                            ? ", and SQLite has neither"
                                            : ""));
        }
    }

    /**
     * Whether a row has settled.
     *
     * @param index of the column; behind it is the clock of the database
     */
    Settled settled(ResultSet row, int index) throws SQLException {
        Instant written = written(row, index);
        if (written == null) {
            return Settled.UNKNOWN;
        }
        Instant now = row.getObject(index + 1, OffsetDateTime.class).toInstant();
        return written.isAfter(now.minus(duration)) ? Settled.NOT_YET : Settled.YES;
    }

    private @Nullable Instant written(ResultSet row, int index) throws SQLException {
        if (zone == null) {
            OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
            return time == null || time.equals(OffsetDateTime.MAX) ? null : time.toInstant();
        }
        LocalDateTime time = row.getObject(index, LocalDateTime.class);
        // Of the hour that a zone has twice in autumn, the later one: a row waits too long at most.
        return time == null || time.equals(LocalDateTime.MAX)
                ? null
                : time.atZone(zone).withLaterOffsetAtOverlap().toInstant();
    }
}
