package dev.waxwing.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values as PostgreSQL reads them. */
final class PostgresText {

    private static final List<Class<?>> AS_THEY_ARE =
            List.of(
                    Number.class,
                    Boolean.class,
                    Character.class,
                    UUID.class,
                    Instant.class,
                    LocalDate.class,
                    LocalTime.class,
                    LocalDateTime.class,
                    OffsetTime.class,
                    OffsetDateTime.class,
                    Duration.class,
                    Period.class);

    private PostgresText() {}

    /**
     * The text of a value; null for null.
     *
     * @throws UnwritableRowException if it has none
     */
    static @Nullable String of(String column, @Nullable Object value)
            throws UnwritableRowException {
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            return checked(column, text);
        }
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof ZonedDateTime time) {
            return time.toOffsetDateTime().toString();
        }
        if (value instanceof Iterable<?> elements) {
            return array(column, elements.iterator());
        }
        if (value instanceof Object[] elements) {
            return array(column, Arrays.asList(elements).iterator());
        }
        for (Class<?> type : AS_THEY_ARE) {
            if (type.isInstance(value)) {
                return value.toString();
            }
        }
        throw new UnwritableRowException(
                "column '"
                        + column
                        + "' got a "
                        + value.getClass().getName()
                        + ", for which no text is known; make it a string, number, time, UUID, byte[],"
                        + " enum or list of these",
                null);
    }

    /* PostgreSQL has no NUL, and half a surrogate pair would silently become a question mark. */
    private static String checked(String column, String text) throws UnwritableRowException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair =
                    Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw new UnwritableRowException(
                        "column '"
                                + column
                                + "' got a text with "
                                + (c == 0 ? "the character NUL" : "half of a surrogate pair")
                                + " at index "
                                + i,
                        null);
            }
        }
        return text;
    }

    private static String array(String column, Iterator<?> elements) throws UnwritableRowException {
        StringBuilder text = new StringBuilder("{");
        while (elements.hasNext()) {
            Object element = elements.next();
            String inner = of(column, element);
            if (inner == null) {
                text.append("null");
            } else if (element instanceof Iterable<?> || element instanceof Object[]) {
                text.append(inner);
            } else {
                text.append('"')
                        .append(inner.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            }
            if (elements.hasNext()) {
                text.append(',');
            }
        }
        return text.append('}').toString();
    }
}
