package dev.waxwing.jdbc;

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
        String text = TextForms.of(value);
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
