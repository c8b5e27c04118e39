package dev.waxwing.files;

import dev.waxwing.text.TextForms;
import java.util.Locale;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/**
 * Values that Jackson makes of a string as it knows how to, such as a URI or the name of an enum,
 * without what it does to other values to make strings of them, and without white space around
 * them, which it removes.
 */
final class StrictText extends DelegatingDeserializer {

    private final boolean isAnyTextOne;

    StrictText(ValueDeserializer<?> jacksons) {
        super(jacksons);
        this.isAnyTextOne = CharSequence.class.isAssignableFrom(jacksons.handledType());
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> jacksons) {
        return new StrictText(jacksons);
    }

    @Override
    public Object deserialize(JsonParser from, DeserializationContext context) {
        if (from.currentToken() == JsonToken.VALUE_STRING) {
            String text = from.getString();
            if (isAnyTextOne) {
                requireWhole(from, text);
            } else if (text.isEmpty() || !text.equals(text.trim())) {
                throw refused(from, "text, not empty and without white space around it,");
            }
        } else if (!handledType().isEnum()) {
            throw refused(from, "a string");
        }
        Object value = super.deserialize(from, context);
        if (value instanceof Locale locale && !isText(locale, from.getString())) {
            throw refused(from, "a language tag such as de-CH");
        }
        return value;
    }

    /* The JDK leaves out what it does not take. */
    private static boolean isText(Locale locale, String text) {
        return locale.toLanguageTag().equalsIgnoreCase(text.replace('_', '-'))
                || locale.toString().equals(text);
    }

    /** Refuses text with half of a surrogate pair. */
    static void requireWhole(JsonParser from, String text) {
        try {
            TextForms.of(String.class).orElseThrow().parse(text);
        } catch (IllegalArgumentException e) {
            throw JsonWords.mismatch(from, String.valueOf(e.getMessage()), e);
        }
    }

    private RuntimeException refused(JsonParser from, String expected) {
        String type = handledType().getSimpleName();
        return JsonWords.mismatch(
                from,
                "must be "
                        + (handledType().isEnum() ? "a name of " + type : expected + " for " + type)
                        + ", but was "
                        + JsonWords.found(from),
                null);
    }
}
