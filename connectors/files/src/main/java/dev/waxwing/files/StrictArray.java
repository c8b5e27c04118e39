package dev.waxwing.files;

import dev.waxwing.text.TextForm;
import dev.waxwing.text.TextForms;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Arrays of doubles and floats, whose numbers Jackson takes without a look at what is lost. */
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
}
