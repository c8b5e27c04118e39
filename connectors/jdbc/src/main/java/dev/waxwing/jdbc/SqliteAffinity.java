package dev.waxwing.jdbc;

import dev.waxwing.text.TextForms;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/** What SQLite makes of values in a column, by what the column was declared as. */
enum SqliteAffinity {
    /** Numbers become texts, in a form of SQLite's own. */
    TEXT,

    /** Texts that look like numbers become numbers. */
    NUMBER,

    /** Values stay as they are; or nobody knows, as the driver calls it numeric in both cases. */
    NONE;

    private static final Pattern LOOKS_LIKE_A_NUMBER =
            Pattern.compile(
                    "[ \\t\\n\\u000b\\f\\r]*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?"
                            + "[ \\t\\n\\u000b\\f\\r]*");

    /** The affinity of a declared type, by the rules of SQLite in their order. */
    static SqliteAffinity of(String typeName) {
        String name = typeName.toUpperCase(Locale.ROOT);
        if (name.contains("INT")) {
            return NUMBER;
        }
        if (name.contains("CHAR") || name.contains("CLOB") || name.contains("TEXT")) {
            return TEXT;
        }
        return name.contains("BLOB") || name.equals("NUMERIC") || name.equals("ANY")
                ? NONE
                : NUMBER;
    }

    /** Whether a number would become infinity. */
    static boolean isInfinite(Number number) {
        return !(number instanceof Double || number instanceof Float)
                && Double.isInfinite(number.doubleValue());
    }

    /** Whether a text looks like a number and is not how one is written. */
    static boolean changes(String text) {
        if (!LOOKS_LIKE_A_NUMBER.matcher(text).matches()) {
            return false;
        }
        try {
            TextForms.of(BigDecimal.class).orElseThrow().parse(text);
            return Double.isInfinite(Double.parseDouble(text));
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
