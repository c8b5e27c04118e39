package dev.waxwing.jdbc;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Rows in the text form of COPY: tabs between values, a line feed behind each row. */
final class CopyLines {

    private final StringBuilder text = new StringBuilder();

    /** Adds a value, and what separates it from the one before. */
    void add(@Nullable String value, int place) {
        if (place > 0) {
            text.append('\t');
        }
        if (value == null) {
            text.append("\\N");
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }

    /** Ends a row. */
    void endRow() {
        text.append('\n');
    }

    int length() {
        return text.length();
    }

    /** The bytes of all that was added since the last call. */
    byte[] take() {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        text.setLength(0);
        return bytes;
    }
}
