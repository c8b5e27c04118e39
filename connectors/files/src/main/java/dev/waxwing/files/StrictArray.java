package dev.waxwing.files;

import dev.waxwing.text.TextForm;
import dev.waxwing.text.TextForms;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Arrays of primitives, whose values Jackson takes without a look at what is lost. Bytes are also
 * read from base64, and characters from a string, as they are written.
 */
final class StrictArray extends StdScalarDeserializer<Object> {

    private final Class<?> content;
    private final TextForm<?> form;

    StrictArray(Class<?> content) {
        super(content.arrayType());
        this.content = content;
        this.form = TextForms.of(content).orElseThrow();
    }

    @Override
    public Object deserialize(JsonParser from, DeserializationContext context) {
        if (from.currentToken() == JsonToken.VALUE_STRING) {
            if (content == byte.class) {
                return bytes(from, from.getString());
            }
            if (content == char.class) {
                StrictText.requireWhole(from, from.getString());
                return from.getString().toCharArray();
            }
        }
        if (from.currentToken() != JsonToken.START_ARRAY) {
            throw JsonWords.mismatch(
                    from, "must be an array, but was " + JsonWords.found(from), null);
        }
        List<Object> values = new ArrayList<>();
        while (from.nextToken() != JsonToken.END_ARRAY) {
            try {
                values.add(StrictValue.read(form, from));
            } catch (JacksonException e) {
                throw e.prependPath(values, values.size());
            }
        }
        Object array = Array.newInstance(content, values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }

    /* Of the texts that the JDK takes, only the one that it would write. */
    private static byte[] bytes(JsonParser from, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw notBase64(from, e);
        }
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw notBase64(from, null);
        }
        return bytes;
    }

    private static RuntimeException notBase64(JsonParser from, @Nullable Throwable cause) {
        return JsonWords.mismatch(
                from,
                "must be base64 with its padding (RFC 4648), or an array of numbers, but was "
                        + JsonWords.found(from),
                cause);
    }
}
