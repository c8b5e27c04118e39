package dev.waxwing.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The text form of each type: the one in which a value is written where the column is text, and the
 * only ones that are read where a text is given for a column that is not.
 *
 * <p>Dates and times are in ISO's form, of a width that is always the same, and those with an
 * offset in UTC, so that the order of texts is that of times.
 */
final class TextForms {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSSSSS", Locale.ROOT);

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", Locale.ROOT);

    private static final int WHOLE_DIGITS_MAX = 40;

    private static final Pattern WHOLE_NUMBER =
            Pattern.compile("-?[0-9]{1," + WHOLE_DIGITS_MAX + "}");
    private static final Pattern DECIMAL =
            Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,6})?");
    private static final Pattern NOT_FINITE = Pattern.compile("NaN|-?Infinity");
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private TextForms() {}

    /** The form of a value, of years 1 to 9999 if it is a time. */
    static String of(Object value) {
        if (value instanceof Instant time) {
            return DATE_TIME.format(time.atOffset(ZoneOffset.UTC)) + "Z";
        }
        if (value instanceof OffsetDateTime time) {
            return DATE_TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC)) + "Z";
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
        if (value instanceof OffsetTime time) {
            return TIME.format(time) + time.getOffset();
        }
        return value.toString();
    }

    /**
     * The value of a text.
     *
     * @param kind of the column that it is for; not one that takes texts
     * @throws RuntimeException if the text has not the form of that kind
     */
    static Object parse(ColumnKind kind, String text) {
        return switch (kind) {
            case WHOLE_NUMBER -> new BigInteger(matched(WHOLE_NUMBER, text));
            case DECIMAL -> new BigDecimal(matched(DECIMAL, text));
            case APPROXIMATE ->
                    NOT_FINITE.matcher(text).matches()
                            ? (Object) Double.valueOf(text)
                            : new BigDecimal(matched(DECIMAL, text));
            case BOOLEAN -> truth(text);
            case UUID -> UUID.fromString(matched(UUID_FORM, text));
            case DATE -> LocalDate.parse(text);
            case TIME -> LocalTime.parse(text);
            case TIME_WITH_ZONE -> OffsetTime.parse(text);
            case TIMESTAMP -> LocalDateTime.parse(text);
            case TIMESTAMP_WITH_ZONE -> OffsetDateTime.parse(text);
            case TEXT, BINARY, ARRAY, ANY, OTHER -> throw new IllegalArgumentException(kind.name());
        };
    }

    private static String matched(Pattern form, String text) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("it has another form");
        }
        return text;
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("it is neither true nor false");
        };
    }
}
