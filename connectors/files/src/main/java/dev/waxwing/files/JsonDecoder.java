package dev.waxwing.files;

import dev.waxwing.source.SourceEmitter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;

/**
 * Reads a line's bytes as JSON. Confined to the thread of its partition.
 *
 * @param <T> what a line is read as
 */
final class JsonDecoder<T> implements LineDecoder<T> {

    private final Class<T> type;
    private final ObjectReader reader;

    JsonDecoder(Class<T> type, ObjectReader reader) {
        this.type = type;
        this.reader = reader;
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
            String problem = "it is no JSON for " + type.getSimpleName() + ": " + JsonWords.of(e);
            reject(line, problem, e, out);
            return;
        }
        if (item == null) {
            reject(line, "it is null, which is no item; remove it", null, out);
        } else {
            out.emit(item);
        }
    }

    private void reject(
            LineReader line,
            String problem,
            @Nullable JacksonException cause,
            SourceEmitter<? super T> out) {
        String raw = new String(line.bytes(), line.from(), line.length(), StandardCharsets.UTF_8);
        out.reject(raw, MalformedRecordException.at(line, problem, cause));
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
