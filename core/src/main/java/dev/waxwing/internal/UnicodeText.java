package dev.waxwing.internal;

/**
 * Text as sinks can write it. A string may hold half of a surrogate pair, which is no character and
 * has no UTF-8; the JDK silently makes it a question mark. Sinks that write text refuse an item
 * with such a half, unless they are told to replace it.
 */
public final class UnicodeText {

    private static final char REPLACEMENT = '\uFFFD';

    private UnicodeText() {}

    /** Index of the first half of a surrogate pair that stands alone, or -1 if there is none. */
    public static int loneSurrogate(String text) {
        return loneSurrogate(text, 0);
    }

    /** The text with U+FFFD in place of each half of a surrogate pair that stands alone. */
    public static String replaced(String text) {
        int lone = loneSurrogate(text);
        if (lone < 0) {
            return text;
        }
        StringBuilder replaced = new StringBuilder(text);
        while (lone >= 0) {
            replaced.setCharAt(lone, REPLACEMENT);
            lone = loneSurrogate(replaced, lone + 1);
        }
        return replaced.toString();
    }

    private static int loneSurrogate(CharSequence text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean isPair =
                        Character.isHighSurrogate(c)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!isPair) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
