package dev.waxwing.text;

import dev.waxwing.internal.UnicodeText;
import java.util.function.Function;

/**
 * The text of the values of one type. What {@link #print} returns is parsed to an equal value, on
 * every JVM and whatever its locale, time zone and charset are.
 *
 * <p>Immutable.
 *
 * @param <T> value
 */
public final class TextForm<T> {

    private static final int SHOWN_MAX = 60;

    private final Class<T> type;
    private final String description;
    private final Function<String, T> parser;
    private final Function<T, String> printer;

    /**
     * Makes a form.
     *
     * @param parser throws an {@link IllegalArgumentException} whose message is the reason if there
     *     is more to say than the description
     * @param printer throws one if the value has no text
     */
    TextForm(
            Class<T> type,
            String description,
            Function<String, T> parser,
            Function<T, String> printer) {
        this.type = type;
        this.description = description;
        this.parser = parser;
        this.printer = printer;
    }

    /** Type of the values; never a primitive. */
    public Class<T> type() {
        return type;
    }

    /** Says what a text must be, such as "true or false"; for messages and documents. */
    public String description() {
        return description;
    }

    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException if the text is not of this form, or of a value that the type
     *     does not hold; the message says what was expected and what was found
     */
    public T parse(String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            String reason = e.getMessage();
            throw new IllegalArgumentException(
                    "must be "
                            + description
                            + ", but was "
                            + shown(text)
                            + (reason == null ? "" : ": " + reason),
                    e);
        }
    }

    /**
     * The text of a value.
     *
     * @throws IllegalArgumentException if the value has none, such as NaN; the message says what to
     *     do
     */
    public String print(T value) {
        return printer.apply(value);
    }

    /* A text in quotes, or the beginning of a long one; of whole characters, as a message may become an item. */
    private static String shown(String text) {
        if (text.length() <= SHOWN_MAX) {
            return "'" + UnicodeText.replaced(text) + "'";
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(SHOWN_MAX - 1));
        String start = text.substring(0, splitsPair ? SHOWN_MAX - 1 : SHOWN_MAX);
        return "'" + UnicodeText.replaced(start) + "…' of " + text.length() + " characters";
    }
}
