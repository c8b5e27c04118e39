package dev.waxwing.jdbc;

import dev.waxwing.text.TextForms;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as PostgreSQL reads them. */
final class PostgresText {

    private PostgresText() {}

    /**
     * The text of a value that {@link Fitting} has let pass; null for null.
     *
     * @throws UnwritableRowException if it has none
     */
    static @Nullable String of(String column, @Nullable Object value)
            throws UnwritableRowException {
        if (value == null) {
            return null;
        }
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof List<?> elements) {
            return array(column, elements.iterator());
        }
        String text = text(value);
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new UnwritableRowException(
                    "column '"
                            + column
                            + "' got a text with the character NUL at index "
                            + nul
                            + ", which PostgreSQL does not know",
                    null);
        }
        return text;
    }

    /* What goes into a column of text is a string already; this is how the others travel. */
    private static String text(Object value) {
        if (value instanceof Number) {
            // PostgreSQL has NaN, infinities and longer numbers than a text may be.
            return value.toString();
        }
        if (value instanceof OffsetDateTime time) {
            // It knows offsets of up to 16 hours, and keeps none.
            return TextForms.print(time.toInstant());
        }
        return TextForms.print(value);
    }

    private static String array(String column, Iterator<?> elements) throws UnwritableRowException {
        StringBuilder text = new StringBuilder("{");
        while (elements.hasNext()) {
            Object element = elements.next();
            String inner = of(column, element);
            if (inner == null) {
                text.append("null");
            } else if (element instanceof List<?>) {
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
