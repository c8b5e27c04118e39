package dev.waxwing.files;

import dev.waxwing.text.JsonText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;

/** Writes items as JSON without line ends in it. */
final class JsonEncoder implements LineEncoder<Object> {

    private static final long serialVersionUID = 1L;

    /** Thread-safe; made when it is first needed, as it does not travel with the sink. */
    private transient volatile @Nullable ObjectWriter writer;

    JsonEncoder() {
        Jackson.require();
    }

    @Override
    public void encode(Object item, LineOutput line) {
        ObjectWriter ready = writer;
        if (ready == null) {
            ready = StrictJson.writing().build().writer();
            writer = ready;
        }
        int before = line.length();
        try (JsonGenerator out = new CheckedGenerator(ready.createGenerator(line))) {
            ready.writeValue(out, item);
        } catch (InvalidDefinitionException e) {
            throw new IllegalArgumentException(JsonWords.of(e), e);
        }
        if (hasEscapedSurrogate(line, before)) {
            String json =
                    new String(
                            line.bytes(), before, line.length() - before, StandardCharsets.UTF_8);
            line.truncate(before);
            line.write(JsonText.withPlainSurrogates(json));
        }
    }

    /* Jackson escapes half of a surrogate pair, which few readers take; pairs are escaped in raw JSON only. */
    private static boolean hasEscapedSurrogate(LineOutput line, int from) {
        byte[] bytes = line.bytes();
        for (int i = from; i < line.length() - 3; i++) {
            if (bytes[i] == '\\') {
                i++;
                if (bytes[i] == 'u' && (bytes[i + 1] | ' ') == 'd' && bytes[i + 2] >= '8') {
                    return true;
                }
            }
        }
        return false;
    }
}
