package dev.waxwing.files;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Reads no value of a type of time that has no text form, such as {@link java.util.Date}, unless a
 * property has a format of its own, which is left to Jackson.
 */
final class OldTime extends StdScalarDeserializer<Object> {

    private final String refusal;
    private final ValueDeserializer<?> jacksons;

    OldTime(Class<?> type, String refusal, ValueDeserializer<?> jacksons) {
        super(type);
        this.refusal = refusal;
        this.jacksons = jacksons;
    }

    @Override
    public ValueDeserializer<?> createContextual(
            DeserializationContext context, @Nullable BeanProperty property) {
        boolean hasFormat =
                property != null
                        && StrictJson.isFormat(
                                property.findPropertyFormat(context.getConfig(), handledType()));
        return hasFormat ? jacksons.createContextual(context, property) : this;
    }

    @Override
    public Object deserialize(JsonParser from, DeserializationContext context) {
        throw JsonWords.mismatch(from, refusal + StrictJson.OR_FORMAT, null);
    }
}
