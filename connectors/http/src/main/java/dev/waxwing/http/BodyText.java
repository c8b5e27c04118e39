package dev.waxwing.http;

import dev.waxwing.internal.UnicodeText;
import java.nio.charset.StandardCharsets;

/** Text of a body as UTF-8. */
final class BodyText {

    private BodyText() {}

    /**
     * The bytes of a text.
     *
     * @throws IllegalArgumentException if it has half of a surrogate pair, of which the JDK would
     *     make a question mark
     */
    static byte[] encoded(String text) {
        int lone = UnicodeText.loneSurrogate(text);
        if (lone >= 0) {
            throw new IllegalArgumentException(
                    "the text has half of a surrogate pair at index "
                            + lone
                            + ", which is no character; repair it, or put U+FFFD in its place by"
                            + " UnicodeText.replaced");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
