package dev.waxwing.files;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/** Maps whose keys may be written in several ways, of which Jackson would keep the last. */
final class StrictMap extends DelegatingDeserializer {

    StrictMap(ValueDeserializer<?> jacksons) {
        super(jacksons);
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> jacksons) {
        return new StrictMap(jacksons);
    }

    @Override
    public Object deserialize(JsonParser from, DeserializationContext context) {
        CountingNames names = new CountingNames(from);
        Object read = super.deserialize(names, context);
        if (read instanceof Map<?, ?> map && map.size() < names.count) {
            throw JsonWords.mismatch(
                    from,
                    "has "
                            + names.count
                            + " names for "
                            + map.size()
                            + " keys: one key is written in two ways, such as 1.0 and 1.00; write"
                            + " each key once",
                    null);
        }
        return read;
    }

    /** Counts the names of the object that a parser is at, but not those of objects in it. */
    private static final class CountingNames extends JsonParserDelegate {
        private final TokenStreamContext object;
        private int count;

        CountingNames(JsonParser from) {
            super(from);
            this.object = from.streamReadContext();
            this.count = from.currentToken() == JsonToken.PROPERTY_NAME ? 1 : 0;
        }

        @Override
        public JsonToken nextToken() {
            JsonToken token = super.nextToken();
            if (token == JsonToken.PROPERTY_NAME && delegate.streamReadContext() == object) {
                count++;
            }
            return token;
        }

        @Override
        public @Nullable String nextName() {
            return nextToken() == JsonToken.PROPERTY_NAME ? currentName() : null;
        }
    }
}
