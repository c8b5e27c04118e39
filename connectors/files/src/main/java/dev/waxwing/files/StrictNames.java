package dev.waxwing.files;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/** Objects with properties that have several names, of which Jackson would keep the last. */
final class StrictNames extends DelegatingDeserializer {

    private final Map<String, String> properties;
    private final boolean ignoresCase;

    private StrictNames(
            ValueDeserializer<?> jacksons, Map<String, String> properties, boolean ignoresCase) {
        super(jacksons);
        this.properties = properties;
        this.ignoresCase = ignoresCase;
    }

    /** The deserializer of a type, within this one if a property of it has several names. */
    static ValueDeserializer<?> of(
            BeanDescription.Supplier description, ValueDeserializer<?> jacksons) {
        boolean ignoresCase =
                Boolean.TRUE.equals(
                        description
                                .findExpectedFormat(null)
                                .getFeature(JsonFormat.Feature.ACCEPT_CASE_INSENSITIVE_PROPERTIES));
        Map<String, String> properties = new HashMap<>();
        boolean hasSeveral = ignoresCase;
        for (BeanPropertyDefinition property : description.get().findProperties()) {
            for (PropertyName alias : property.findAliases()) {
                hasSeveral = true;
                properties.put(name(alias.getSimpleName(), ignoresCase), property.getName());
            }
        }
        return hasSeveral ? new StrictNames(jacksons, properties, ignoresCase) : jacksons;
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> jacksons) {
        return new StrictNames(jacksons, properties, ignoresCase);
    }

    @Override
    public Object deserialize(JsonParser from, DeserializationContext context) {
        return super.deserialize(new Names(from), context);
    }

    private static String name(String name, boolean ignoresCase) {
        return ignoresCase ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** Looks at the names of the object that a parser is at, but not at those of objects in it. */
    private final class Names extends JsonParserDelegate {
        private final TokenStreamContext object;
        private final Set<String> seen = new HashSet<>();

        Names(JsonParser from) {
            super(from);
            this.object = from.streamReadContext();
            look();
        }

        @Override
        public JsonToken nextToken() {
            JsonToken token = super.nextToken();
            look();
            return token;
        }

        @Override
        public @Nullable String nextName() {
            return nextToken() == JsonToken.PROPERTY_NAME ? currentName() : null;
        }

        @Override
        public int nextNameMatch(PropertyNameMatcher matcher) {
            int match = super.nextNameMatch(matcher);
            look();
            return match;
        }

        private void look() {
            if (delegate.currentToken() != JsonToken.PROPERTY_NAME
                    || delegate.streamReadContext() != object) {
                return;
            }
            String found = name(delegate.currentName(), ignoresCase);
            String property = properties.getOrDefault(found, found);
            if (!seen.add(name(property, ignoresCase))) {
                throw JsonWords.mismatch(
                        delegate,
                        "has '"
                                + property
                                + "' under two names, such as '"
                                + delegate.currentName()
                                + "'; write it once",
                        null);
            }
        }
    }
}
