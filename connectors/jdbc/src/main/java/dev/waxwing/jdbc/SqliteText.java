package dev.waxwing.jdbc;

import dev.waxwing.text.TextForms;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The text of values that SQLite has no type for: that of {@link TextForms}, but for times. SQLite
 * compares these as text, so they have a fixed width, with nine digits of a second, and are in UTC
 * if they have an offset. Then the order of texts is that of times, of years 1 to 9999.
 */
final class SqliteText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSSSSS", Locale.ROOT);

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", Locale.ROOT);

    private SqliteText() {}

    /**
     * The text of a value.
     *
     * @throws IllegalArgumentException if it has none
     */
    static String of(Object value) {
        if (value instanceof Instant time) {
            return DATE_TIME.format(time.atOffset(ZoneOffset.UTC)) + "Z";
        }
        if (value instanceof OffsetDateTime time) {
            return of(time.toInstant());
        }
        if (value instanceof ZonedDateTime time) {
            return of(time.toInstant());
        }
        if (value instanceof LocalDateTime time) {
            return DATE_TIME.format(time);
        }
        if (value instanceof LocalTime time) {
            return TIME.format(time);
        }
        return TextForms.print(value);
    }
}
