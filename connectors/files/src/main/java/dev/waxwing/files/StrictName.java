package dev.waxwing.files;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/** Names of enums as Jackson knows them, but without white space around them, which it removes. */
final class StrictName extends DelegatingDeserializer {

    StrictName(ValueDeserializer<?> jacksons) {
        super(jacksons);
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> jacksons) {
        return new StrictName(jacksons);
    }

    @Override
    public Object deserialize(JsonParser from, DeserializationContext context) {
        if (from.currentToken() == JsonToken.VALUE_STRING) {
            String name = from.getString();
            if (name.isEmpty() || !name.equals(name.trim())) {
                throw JsonWords.mismatch(
                        from,
                        "must be a name of "
                                + handledType().getSimpleName()
                                + ", but was "
                                + JsonWords.found(from),
                        null);
            }
        }
        return super.deserialize(from, context);
    }
}
