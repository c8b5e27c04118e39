package dev.waxwing.files;

import dev.waxwing.source.SourceEmitter;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a line's bytes as JSON. Confined to the thread of its partition.
 *
 * @param <T> what a line is read as
 */
final class JsonDecoder<T> implements LineDecoder<T> {

    private static final Pattern ADVICE =
            Pattern.compile(
                    " \\([^()]*(?:Feature|CoercionConfig)[^()]*\\)"
                            + "|: (?:enable|not allowed as per) `\\w*Feature\\.\\w+`(?: to allow)?");

    private final String file;
    private final Class<T> type;
    private final ObjectReader reader;

    JsonDecoder(String file, Class<T> type) {
        this.file = file;
        this.type = type;
        this.reader = JsonMapper.builder().build().readerFor(type);
    }

    @Override
    public void decode(LineReader line, SourceEmitter<? super T> out) {
        if (isBlank(line)) {
            return;
        }
        T item;
        try {
            item = reader.readValue(line.bytes(), line.from(), line.length());
        } catch (JacksonException e) {
            reject(line, "it is no JSON for " + type.getSimpleName() + ": " + words(e), e, out);
            return;
        }
        if (item == null) {
            reject(line, "it is null, which is no item; remove it", null, out);
        } else {
            out.emit(item);
        }
    }

    /**
     * What Jackson has to say, without its position, which counts from the start of the line, and
     * without its advice to change settings that nobody can reach.
     */
    static String words(JacksonException e) {
        String words = String.valueOf(e.getOriginalMessage());
        String plain = ADVICE.matcher(words).replaceAll("");
        return words.contains("FAIL_ON_NULL_FOR_PRIMITIVES")
                ? plain + "; write a value, or declare a type that may be null, such as Integer"
                : plain;
    }

    private void reject(
            LineReader line,
            String problem,
            @Nullable JacksonException cause,
            SourceEmitter<? super T> out) {
        String raw = new String(line.bytes(), line.from(), line.length(), StandardCharsets.UTF_8);
        out.reject(
                raw,
                MalformedRecordException.atLine(
                        file, line.lines(), line.lineOffset(), problem, cause));
    }

    private static boolean isBlank(LineReader line) {
        for (int i = line.from(); i < line.from() + line.length(); i++) {
            byte value = line.bytes()[i];
            if (value != ' ' && value != '\t' && value != '\r') {
                return false;
            }
        }
        return true;
    }
}
