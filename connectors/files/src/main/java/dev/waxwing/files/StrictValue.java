package dev.waxwing.files;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.waxwing.text.TextForm;
import java.time.Year;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Reads a value by its text form: booleans from booleans, numbers from numbers, all else from
 * strings. A property that has a format of its own is left to Jackson.
 */
final class StrictValue extends StdScalarDeserializer<Object> {

    private final TextForm<?> form;
    private final ValueDeserializer<?> jacksons;

    /**
     * Makes a reader of a type.
     *
     * @param jacksons knows what null becomes, and reads formats
     */
    StrictValue(Class<?> type, TextForm<?> form, ValueDeserializer<?> jacksons) {
        super(type);
        this.form = form;
        this.jacksons = jacksons;
    }

    /** A value of a form at the parser's token. */
    static Object read(TextForm<?> form, JsonParser from) {
        if (!isOfKind(form.type(), from.currentToken())) {
            throw JsonWords.mismatch(
                    from,
                    "must be "
                            + kind(form.type())
                            + (form.type() == String.class ? "" : ", " + form.description())
                            + ", but was "
                            + JsonWords.found(from),
                    null);
        }
        try {
            return form.parse(from.getString());
        } catch (IllegalArgumentException e) {
            throw JsonWords.mismatch(from, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public ValueDeserializer<?> createContextual(
            DeserializationContext context, @Nullable BeanProperty property) {
        JsonFormat.Value format =
                property == null
                        ? JsonFormat.Value.empty()
                        : property.findPropertyFormat(context.getConfig(), handledType());
        return StrictJson.isFormat(format) ? jacksons.createContextual(context, property) : this;
    }

    @Override
    public Object deserialize(JsonParser from, DeserializationContext context) {
        return read(form, from);
    }

    @Override
    public @Nullable Object getNullValue(DeserializationContext context) {
        return jacksons.getNullValue(context);
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return jacksons.getAbsentValue(context);
    }

    private static boolean isOfKind(Class<?> type, @Nullable JsonToken token) {
        if (token == null) {
            return false;
        }
        return type == Boolean.class
                ? token.isBoolean()
                : isNumber(type) ? token.isNumeric() : token == JsonToken.VALUE_STRING;
    }

    private static boolean isNumber(Class<?> type) {
        return Number.class.isAssignableFrom(type) || type == Year.class;
    }

    private static String kind(Class<?> type) {
        return type == Boolean.class ? "a boolean" : isNumber(type) ? "a number" : "a string";
    }
}
