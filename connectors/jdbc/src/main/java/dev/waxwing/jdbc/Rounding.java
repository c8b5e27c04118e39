package dev.waxwing.jdbc;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;

/**
 * Values with as many digits as their column keeps.
 *
 * <p>Databases round themselves what they store, some up and some down, but not what they compare:
 * a row would not be found by the key that it was written with.
 */
final class Rounding {

    private static final int YEAR_MAX = 9999;

    private Rounding() {}

    static BigDecimal of(TableColumn column, BigDecimal value) {
        if (column.type().isDecimalFloat()) {
            return column.type().size() == ColumnType.UNKNOWN
                    ? value
                    : value.round(new MathContext(column.type().size(), RoundingMode.HALF_UP));
        }
        int digits = column.type().digits();
        return digits == ColumnType.UNKNOWN || value.scale() <= digits
                ? value
                : value.setScale(digits, RoundingMode.HALF_UP);
    }

    /** The nearest one of the same day. */
    static LocalTime of(TableColumn column, LocalTime value) {
        LocalTime down = down(column, value);
        LocalTime up = up(column, value, down);
        return up.isBefore(down) ? down : up;
    }

    /** The nearest one of the same day. */
    static OffsetTime of(TableColumn column, OffsetTime value) {
        return value.with(of(column, value.toLocalTime()));
    }

    /** The nearest one of years that are kept. */
    static LocalDateTime of(TableColumn column, LocalDateTime value) {
        LocalDateTime down = down(column, value);
        LocalDateTime up = up(column, value, down);
        return up.getYear() > YEAR_MAX ? down : up;
    }

    /** The nearest one of years that are kept, in UTC. */
    static OffsetDateTime of(TableColumn column, OffsetDateTime value) {
        OffsetDateTime down = down(column, value);
        OffsetDateTime up = up(column, value, down);
        return up.withOffsetSameInstant(ZoneOffset.UTC).getYear() > YEAR_MAX ? down : up;
    }

    private static <T extends Temporal> T down(TableColumn column, T value) {
        int nanos = value.get(ChronoField.NANO_OF_SECOND);
        return with(value, nanos - nanos % unit(column));
    }

    private static <T extends Temporal> T up(TableColumn column, T value, T down) {
        int unit = unit(column);
        return value.get(ChronoField.NANO_OF_SECOND) % unit < (unit + 1) / 2
                ? down
                : plus(down, unit);
    }

    @SuppressWarnings("unchecked") // a time gives one of its own kind
    private static <T extends Temporal> T with(T value, int nanos) {
        return (T) value.with(ChronoField.NANO_OF_SECOND, nanos);
    }

    @SuppressWarnings("unchecked") // a time gives one of its own kind
    private static <T extends Temporal> T plus(T value, int nanos) {
        return (T) value.plus(nanos, ChronoUnit.NANOS);
    }

    /** Nanoseconds between two times that the column keeps. */
    private static int unit(TableColumn column) {
        int unit = 1;
        int digits =
                column.type().digits() == ColumnType.UNKNOWN
                        ? ColumnType.NANO_DIGITS
                        : column.type().digits();
        for (int i = digits; i < ColumnType.NANO_DIGITS; i++) {
            unit *= 10;
        }
        return unit;
    }
}
