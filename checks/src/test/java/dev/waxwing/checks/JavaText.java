package dev.waxwing.checks;

import java.util.regex.Pattern;

/** Reduces Java source text to what the compiler acts on. */
final class JavaText {

    private static final Pattern NOT_CODE =
            Pattern.compile(
                    "\"\"\"(?:\\\\.|(?!\"\"\")[^\\\\])*+\"\"\""
                            + "|\"(?:\\\\.|[^\"\\\\\n])*+\""
                            + "|'(?:\\\\.|[^'\\\\\n])++'"
                            + "|/\\*.*?\\*/"
                            + "|//[^\n]*+",
                    Pattern.DOTALL);

    private JavaText() {}

    /** Strings become empty strings, comments a blank. */
    static String codeOf(String text) {
        return NOT_CODE.matcher(text)
                .replaceAll(match -> match.group().startsWith("/") ? " " : "\"\"");
    }
}
