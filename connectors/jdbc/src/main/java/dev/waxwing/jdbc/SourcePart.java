package dev.waxwing.jdbc;

import dev.waxwing.internal.UnicodeText;
import java.io.Serializable;
import java.util.List;

/**
 * A part of the rows.
 *
 * @param condition of the user's, in SQL; empty for all rows
 * @param values bound to its question marks
 */
record SourcePart(String name, String condition, List<Serializable> values)
        implements Serializable {

    SourcePart {
        values = List.copyOf(values);
        checkText(name, condition);
        for (Serializable value : values) {
            if (value instanceof String || value instanceof Character) {
                checkText(name, value.toString());
            }
        }
    }

    /* Drivers would ask for a question mark in its place. */
    private static void checkText(String name, String text) {
        int lone = UnicodeText.loneSurrogate(text);
        if (lone >= 0) {
            throw new IllegalArgumentException(
                    "the condition of partition '"
                            + UnicodeText.replaced(name)
                            + "' has a text with half of a surrogate pair at index "
                            + lone
                            + ", which is no character; repair it, or put U+FFFD in its place by"
                            + " UnicodeText.replaced");
        }
    }
}
