package dev.waxwing.jdbc;

import dev.waxwing.text.TextForms;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What SQLite makes of values in a column, by what the column was declared as. */
enum SqliteAffinity {
    /** Numbers become texts, in a form of SQLite's own. */
    TEXT,

    /** Texts that look like numbers become numbers. */
    NUMBER,

    /** Values stay as they are. */
    NONE;

    /** What types are called that SQLite's manual lists, and that are of numbers. */
    private static final List<String> NUMBERS =
            List.of("INT", "REAL", "FLOA", "DOUB", "DEC", "NUM", "BOOL");

    /** How many digits SQLite shows of a number. */
    private static final int DIGITS_SHOWN = 15;

    /** Smaller ones it shows with an exponent. */
    private static final BigDecimal PLAIN_MIN = new BigDecimal("0.0001");

    private static final int LONG_DIGITS_MAX = 19;

    private static final Pattern LOOKS_LIKE_A_NUMBER =
            Pattern.compile(
                    "[ \\t\\n\\u000b\\f\\r]*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?"
                            + "[ \\t\\n\\u000b\\f\\r]*");

    /**
     * The affinity of a declared type, by the rules of SQLite in their order.
     *
     * @param typeName empty if nothing is changed
     */
    static SqliteAffinity of(String typeName) {
        String name = typeName.toUpperCase(Locale.ROOT);
        if (name.contains("INT")) {
            return NUMBER;
        }
        if (name.contains("CHAR") || name.contains("CLOB") || name.contains("TEXT")) {
            return TEXT;
        }
        return name.contains("BLOB") || name.isEmpty() ? NONE : NUMBER;
    }

    /** Whether a number would become infinity. */
    static boolean isInfinite(Number number) {
        return !(number instanceof Double || number instanceof Float)
                && Double.isInfinite(number.doubleValue());
    }

    /**
     * Whether a text looks like a number and would become another one, or is not how one is
     * written. In a column that was not declared as one of numbers it has to come back as it was.
     */
    static boolean changes(String typeName, String text) {
        if (!LOOKS_LIKE_A_NUMBER.matcher(text).matches()) {
            return false;
        }
        try {
            BigDecimal number =
                    (BigDecimal) TextForms.of(BigDecimal.class).orElseThrow().parse(text);
            return isNumeric(typeName) ? isRounded(number, text) : !comesBack(number, text);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static boolean isNumeric(String typeName) {
        String name = typeName.toUpperCase(Locale.ROOT);
        return NUMBERS.stream().anyMatch(name::contains);
    }

    /* Of a fraction the nearest number is meant, as for numbers. */
    private static boolean isRounded(BigDecimal number, String text) {
        if (!isLong(number)) {
            TextForms.of(Double.class).orElseThrow().parse(text);
        }
        return false;
    }

    private static boolean comesBack(BigDecimal number, String text) {
        return isLong(number)
                ? Long.toString(number.longValueExact()).equals(text)
                : number.scale() > 0
                        && number.precision() <= DIGITS_SHOWN
                        && number.abs().compareTo(PLAIN_MIN) >= 0
                        && number.stripTrailingZeros().toPlainString().equals(text);
    }

    private static boolean isLong(BigDecimal number) {
        BigDecimal whole = number.stripTrailingZeros();
        return whole.scale() <= 0
                && whole.precision() - whole.scale() <= LONG_DIGITS_MAX
                && whole.toBigIntegerExact().bitLength() < Long.SIZE;
    }
}
