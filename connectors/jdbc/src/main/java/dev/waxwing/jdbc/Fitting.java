package dev.waxwing.jdbc;

import dev.waxwing.internal.UnicodeText;
import dev.waxwing.text.TextForm;
import dev.waxwing.text.TextForms;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may go into a column, and as what: either the database keeps the value, or it is refused in
 * words. Databases and drivers themselves cut off offsets, times and fractions, or take the zone
 * that the session happens to have, each in a way of its own.
 */
final class Fitting {

    /*
     * What is left to the database: to round to the digits that a column was declared with, and to
     * refuse what is out of range or too long. Columns of numbers that are approximate approximate.
     */

    private static final int YEAR_MAX = 9999;

    /** Seconds from 1970 on, in UTC. */
    private static final long FIRST_SECOND = start(1);

    private static final long END_SECOND = start(YEAR_MAX + 1);

    /** Beyond this many zeros it is no number of any column, but would be large in memory. */
    private static final int ZEROS_MAX = 400;

    private static final int SHOWN_CHARS_MAX = 40;

    private static final int SINGLE_BINARY_DIGITS = 24;

    /** What PostgreSQL keeps of its type {@code name}. */
    private static final int NAME_BYTES_MAX = 63;

    private static final Pattern ONE_OF_ASCII = Pattern.compile("[\\x00-\\x7f]?");

    private final TableColumn column;

    private Fitting(TableColumn column) {
        this.column = column;
    }

    /**
     * The value that is written for another: a string, number, boolean, UUID, type of {@code
     * java.time} or {@code byte[]}, or a list of these.
     *
     * @throws UnwritableRowException if the column cannot keep it
     */
    static @Nullable Object of(TableColumn column, @Nullable Object value)
            throws UnwritableRowException {
        return value == null ? null : new Fitting(column).fitted(value);
    }

    private Object fitted(Object given) throws UnwritableRowException {
        List<?> elements = elements(given);
        if (elements != null) {
            return list(given, elements);
        }
        Object value = known(given);
        checkYear(value);
        return switch (column.type().kind()) {
            case WHOLE_NUMBER, DECIMAL, APPROXIMATE -> number(read(value));
            case BOOLEAN -> required(Boolean.class, read(value), "make it a boolean");
            case UUID -> required(UUID.class, read(value), "make it a UUID");
            case BINARY -> bytes(required(byte[].class, value, "make it a byte[]"));
            case TEXT -> text(value);
            case DATE, TIME, TIME_WITH_ZONE, TIMESTAMP, TIMESTAMP_WITH_ZONE -> time(read(value));
            case ARRAY -> required(String.class, value, "make it a list");
            case ANY -> any(value);
            case OTHER -> value;
        };
    }

    /* Elements of what is many values, or null. */
    private static @Nullable List<?> elements(Object given) {
        List<@Nullable Object> elements = new ArrayList<>();
        if (given instanceof Iterable<?> many) {
            many.forEach(elements::add);
            return elements;
        }
        if (!given.getClass().isArray() || given instanceof byte[]) {
            return null;
        }
        for (int i = 0; i < Array.getLength(given); i++) {
            elements.add(Array.get(given, i));
        }
        return elements;
    }

    private Object list(Object given, List<?> elements) throws UnwritableRowException {
        if (column.type().kind() != ColumnKind.ARRAY) {
            throw refused(
                    given, "of which it takes none; arrays are known for those of PostgreSQL only");
        }
        List<@Nullable Object> fitted = new ArrayList<>();
        for (Object element : elements) {
            boolean isNested = element != null && elements(element) != null;
            fitted.add(of(isNested ? column : column.element(), element));
        }
        return fitted;
    }

    private Object known(Object given) throws UnwritableRowException {
        if (given instanceof Enum<?> constant) {
            return constant.name();
        }
        Object value = given instanceof ZonedDateTime time ? time.toOffsetDateTime() : given;
        if (!(value instanceof byte[]) && TextForms.of(value.getClass()).isEmpty()) {
            throw refused(
                    given,
                    "for which no column is known; make it a string, number, boolean, byte[], enum,"
                            + " UUID, a type of java.time or, on PostgreSQL, a list of these");
        }
        return value instanceof String || value instanceof Character ? whole(value) : value;
    }

    /* Half a surrogate pair would silently become a question mark. */
    private String whole(Object given) throws UnwritableRowException {
        String text = given.toString();
        int lone = UnicodeText.loneSurrogate(text);
        if (lone >= 0) {
            throw refused(
                    given,
                    "with half of a surrogate pair at index "
                            + lone
                            + ", which is no character; repair it, or put U+FFFD in its place by"
                            + " UnicodeText.replaced");
        }
        return text;
    }

    private void checkYear(Object value) throws UnwritableRowException {
        boolean isKept = true;
        if (value instanceof LocalDate date) {
            isKept = date.getYear() >= 1 && date.getYear() <= YEAR_MAX;
        } else if (value instanceof LocalDateTime time) {
            isKept = time.getYear() >= 1 && time.getYear() <= YEAR_MAX;
        } else if (value instanceof OffsetDateTime time) {
            isKept = isKept(time.toEpochSecond());
        } else if (value instanceof Instant time) {
            isKept = isKept(time.getEpochSecond());
        }
        if (!isKept) {
            throw year(value);
        }
    }

    private static boolean isKept(long second) {
        return second >= FIRST_SECOND && second < END_SECOND;
    }

    private static long start(int year) {
        return LocalDate.of(year, 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }

    private UnwritableRowException year(Object value) {
        return refused(value, "of a year that is not one from 1 to " + YEAR_MAX + ", in UTC");
    }

    /* A text for a column of something else is read here, as databases read more than is meant. */
    private Object read(Object value) throws UnwritableRowException {
        if (!(value instanceof String text)) {
            return value;
        }
        Object parsed;
        try {
            parsed = form().parse(text);
        } catch (IllegalArgumentException e) {
            throw refused(
                    value,
                    "which is none of its values as text: it "
                            + e.getMessage()
                            + "; make it a value of its type");
        }
        checkYear(parsed);
        return parsed;
    }

    /* The only texts that are read for a column that is not text. */
    private TextForm<?> form() {
        Class<?> type =
                switch (column.type().kind()) {
                    case WHOLE_NUMBER -> BigInteger.class;
                    case DECIMAL -> BigDecimal.class;
                    case APPROXIMATE -> isSingle() ? Float.class : Double.class;
                    case BOOLEAN -> Boolean.class;
                    case UUID -> UUID.class;
                    case DATE -> LocalDate.class;
                    case TIME -> LocalTime.class;
                    case TIME_WITH_ZONE -> OffsetTime.class;
                    case TIMESTAMP -> LocalDateTime.class;
                    case TIMESTAMP_WITH_ZONE -> OffsetDateTime.class;
                    case TEXT, BINARY, ARRAY, ANY, OTHER ->
                            throw new IllegalStateException(column.type().kind().name());
                };
        return TextForms.of(type).orElseThrow();
    }

    private boolean isSingle() {
        boolean isShort =
                column.type().size() != ColumnType.UNKNOWN
                        && column.type().size() <= SINGLE_BINARY_DIGITS;
        return column.type().sqlType() == Types.REAL
                || (column.type().sqlType() == Types.FLOAT && isShort);
    }

    private Object number(Object value) throws UnwritableRowException {
        if (!(value instanceof Number number)) {
            throw refused(value, "make it a number");
        }
        return switch (column.type().kind()) {
            case WHOLE_NUMBER -> whole(number);
            case DECIMAL -> isFinite(number) ? Rounding.of(column, decimal(number)) : number;
            default -> approximate(number);
        };
    }

    private Number whole(Number number) throws UnwritableRowException {
        if (isFinite(number)) {
            BigDecimal decimal = decimal(number).stripTrailingZeros();
            if (decimal.scale() > 0) {
                throw refused(number, "which has a fraction; round it first");
            }
            if (decimal.scale() > -ZEROS_MAX) {
                BigInteger exact = decimal.toBigIntegerExact();
                return exact.bitLength() < Long.SIZE ? (Number) exact.longValue() : exact;
            }
        }
        throw refused(number, "which is out of its range");
    }

    private Number approximate(Number number) throws UnwritableRowException {
        if (!isFinite(number) || (number instanceof Double && !isSingle())) {
            return number;
        }
        BigDecimal decimal = decimal(number);
        double nearest = isSingle() ? decimal.floatValue() : decimal.doubleValue();
        if (Double.isInfinite(nearest) || (nearest == 0 && decimal.signum() != 0)) {
            throw refused(number, "which is out of its range");
        }
        if (nearest == 0) {
            return number;
        }
        return isSingle() ? (Number) (float) nearest : nearest;
    }

    private static boolean isFinite(Number number) {
        return !(number instanceof Double || number instanceof Float)
                || Double.isFinite(number.doubleValue());
    }

    private static BigDecimal decimal(Number number) {
        return number instanceof BigDecimal decimal
                ? decimal
                : number instanceof BigInteger whole
                        ? new BigDecimal(whole)
                        : new BigDecimal(number.toString());
    }

    private Object text(Object value) throws UnwritableRowException {
        if (value instanceof byte[]) {
            throw refused(value, "make it a string");
        }
        String text;
        try {
            text = TextForms.print(value);
        } catch (IllegalArgumentException e) {
            throw refused(value, "but " + e.getMessage());
        }
        if (text.endsWith(" ")
                && column.type().size() != ColumnType.UNKNOWN
                && text.codePointCount(0, text.length()) > column.type().size()) {
            throw refused(
                    value,
                    "which is longer than its "
                            + column.type().size()
                            + " characters, so that spaces at its end would be cut off");
        }
        checkInternal(value, text);
        return text;
    }

    /* PostgreSQL cuts off what its internal types do not keep. */
    private void checkInternal(Object value, String text) throws UnwritableRowException {
        if (column.type().name().equals("char") && !ONE_OF_ASCII.matcher(text).matches()) {
            throw refused(value, "of which it keeps one byte only; make the column char(n)");
        }
        if (column.type().name().equals("name")
                && text.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
            throw refused(
                    value,
                    "of which it keeps " + NAME_BYTES_MAX + " bytes only; make the column text");
        }
    }

    /* The standard has zeros put behind what is too short. */
    private byte[] bytes(byte[] value) throws UnwritableRowException {
        boolean isFixed =
                column.type().sqlType() == Types.BINARY
                        && column.type().size() != Integer.MAX_VALUE;
        if (isFixed && value.length < column.type().size()) {
            throw refused(
                    value,
                    "which is shorter than its "
                            + column.type().size()
                            + " bytes, so that zeros would be put behind it; give it all bytes, or"
                            + " make the column varbinary");
        }
        return value;
    }

    private Object time(Object value) throws UnwritableRowException {
        return switch (column.type().kind()) {
            case DATE ->
                    required(
                            LocalDate.class,
                            value,
                            "make it a LocalDate: a time would be cut off, and an offset too");
            case TIME ->
                    Rounding.of(
                            column,
                            required(
                                    LocalTime.class,
                                    value,
                                    "make it a LocalTime: a date would be cut off, and an offset"
                                            + " too"));
            case TIME_WITH_ZONE ->
                    Rounding.of(
                            column,
                            required(
                                    OffsetTime.class,
                                    value,
                                    "make it an OffsetTime: without one, the zone of the session"
                                            + " would be taken"));
            case TIMESTAMP ->
                    Rounding.of(
                            column,
                            required(
                                    LocalDateTime.class,
                                    value,
                                    "make it a LocalDateTime of the zone that the column means, as"
                                            + " an offset would be cut off, or make the column one"
                                            + " with time zone"));
            default ->
                    Rounding.of(
                            column,
                            required(
                                    OffsetDateTime.class,
                                    value instanceof Instant time
                                            ? time.atOffset(ZoneOffset.UTC)
                                            : value,
                                    "make it an Instant or OffsetDateTime: without an offset, the"
                                            + " zone of the session would be taken"));
        };
    }

    private Object any(Object value) throws UnwritableRowException {
        // SQLite stores null in its place.
        if (value instanceof Number number && Double.isNaN(number.doubleValue())) {
            throw refused(value, "which is not a number; make it null, or a text");
        }
        SqliteAffinity affinity = SqliteAffinity.of(column.type().name());
        if (affinity == SqliteAffinity.TEXT
                && (value instanceof Number || value instanceof Boolean)) {
            return text(value);
        }
        if (affinity == SqliteAffinity.NUMBER
                && value instanceof Number number
                && SqliteAffinity.isInfinite(number)) {
            throw refused(value, "which is out of its range");
        }
        if (affinity == SqliteAffinity.NUMBER
                && value instanceof String text
                && SqliteAffinity.changes(column.type().name(), text)) {
            throw refused(
                    value,
                    "of which SQLite makes a number that looks different, as the type of the column"
                            + " is not one of text; make it a number, or declare the column text");
        }
        return value;
    }

    private <V> V required(Class<V> type, Object value, String action)
            throws UnwritableRowException {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw refused(value, action);
    }

    /* Numbers and short texts, of whole characters, as a reason may become an item; the rest may be long. */
    private static String shown(Object value) {
        String text = value instanceof String || value instanceof Number ? value.toString() : "";
        return text.isEmpty() || text.length() > SHOWN_CHARS_MAX
                ? ""
                : " (" + UnicodeText.replaced(text) + ")";
    }

    private UnwritableRowException refused(Object value, String why) {
        return new UnwritableRowException(
                "column '"
                        + column.name()
                        + (column.type().name().isEmpty()
                                ? "'"
                                : "' of type " + column.type().name())
                        + " got a "
                        + value.getClass().getTypeName()
                        + shown(value)
                        + ", "
                        + why,
                null);
    }
}
