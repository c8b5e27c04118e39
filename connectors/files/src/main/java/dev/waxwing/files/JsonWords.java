package dev.waxwing.files;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;

/** What is wrong with a document, in words that its reader can act on. */
final class JsonWords {

    private static final int SHOWN_MAX = 60;

    private static final String SETTINGS =
            "(?:\\w*Feature(?:\\.| ')|CoercionConfig|Stream\\w+Constraints"
                    + "|(?:Json|Object)Mapper\\b)";

    private static final String NEEDED =
            "; write a value, or declare that place as Optional or @Nullable, and not as a"
                    + " primitive";

    private static final Pattern LIMIT =
            Pattern.compile(", from `Stream\\w+Constraints\\.\\w+\\(\\)`");

    private static final Pattern IN_PARENTHESES =
            Pattern.compile(" \\([^()]*" + SETTINGS + "[^()]*(?:\\([^()]*\\)[^()]*)*\\)");

    /** From a mark of punctuation to the setting, and on to the end of its clause. */
    private static final Pattern CLAUSE = Pattern.compile("[,;:] [^,;:]*" + SETTINGS + "[^,;]*");

    private static final Pattern MISSING =
            Pattern.compile("Missing (?:required )?creator property '([^']*)'.*", Pattern.DOTALL);

    private static final Pattern NOTHING_TO_WRITE =
            Pattern.compile("No serializer found for class (\\S+) .*", Pattern.DOTALL);

    private JsonWords() {}

    /**
     * What Jackson has to say, without its position, which counts from the start of the line, and
     * without its advice to change settings.
     */
    static String of(JacksonException failure) {
        String path = path(failure);
        String words = String.valueOf(failure.getOriginalMessage());
        Matcher missing = MISSING.matcher(words);
        if (missing.matches()) {
            String name = missing.group(1);
            String whole = path.equals(name) || path.endsWith("." + name) ? path : join(path, name);
            return "'" + whole + "' is missing" + NEEDED;
        }
        if (failure instanceof InvalidNullException) {
            return "'" + path + "' is null, or has a null in it" + NEEDED;
        }
        Matcher nothing = NOTHING_TO_WRITE.matcher(words);
        if (nothing.matches()) {
            return nothing.group(1)
                    + " has no getters or public fields, so that nothing of it would be written;"
                    + " make it a record, or give it getters";
        }
        for (Pattern advice : List.of(LIMIT, IN_PARENTHESES, CLAUSE)) {
            words = advice.matcher(words).replaceAll("");
        }
        return (path.isEmpty() ? "" : "'" + path + "' ") + words;
    }

    /** A failure of a value, to which Jackson adds the path. */
    static MismatchedInputException mismatch(
            JsonParser from, String words, @Nullable Throwable cause) {
        MismatchedInputException failure = MismatchedInputException.from(from, Object.class, words);
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    /** The place that a parser is at. */
    static String found(JsonParser at) {
        JsonToken token = at.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return "an object";
        }
        if (token == JsonToken.START_ARRAY) {
            return "an array";
        }
        String text = String.valueOf(at.getString());
        String shown = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
        return token == JsonToken.VALUE_STRING ? "the string '" + shown + "'" : shown;
    }

    private static String path(JacksonException failure) {
        String path = "";
        for (JacksonException.Reference step : failure.getPath()) {
            path =
                    step.getPropertyName() == null
                            ? path + "[" + step.getIndex() + "]"
                            : join(path, step.getPropertyName());
        }
        return path;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
