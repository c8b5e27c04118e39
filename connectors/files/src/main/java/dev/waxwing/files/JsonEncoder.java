package dev.waxwing.files;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;

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
            ready = StrictJson.builder().build().writer();
            writer = ready;
        }
        int before = line.length();
        try (JsonGenerator out = new CheckedGenerator(ready.createGenerator(line))) {
            ready.writeValue(out, item);
        }
        if (hasEscapedSurrogate(line, before)) {
            String json =
                    new String(
                            line.bytes(), before, line.length() - before, StandardCharsets.UTF_8);
            line.truncate(before);
            line.write(unescaped(json));
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

    /** The same JSON with surrogates in place of their escapes. */
    private static String unescaped(String json) {
        StringBuilder text = new StringBuilder(json.length());
        int at = 0;
        while (at < json.length()) {
            char c = json.charAt(at);
            int units = c == '\\' ? 2 : 1;
            if (units == 2 && json.charAt(at + 1) == 'u') {
                char unit = (char) HexFormat.fromHexDigits(json, at + 2, at + 6);
                if (Character.isSurrogate(unit)) {
                    text.append(unit);
                    at += 6;
                    continue;
                }
            }
            text.append(json, at, at + units);
            at += units;
        }
        return text.toString();
    }
}
