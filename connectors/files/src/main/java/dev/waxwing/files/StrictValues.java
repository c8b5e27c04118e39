package dev.waxwing.files;

import dev.waxwing.text.TextForm;
import dev.waxwing.text.TextForms;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.type.ArrayType;

/** Puts strict readers in the place of Jackson's, for values of single types and keys of maps. */
final class StrictValues extends ValueDeserializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public ValueDeserializer<?> modifyDeserializer(
            DeserializationConfig config,
            BeanDescription.Supplier description,
            ValueDeserializer<?> jacksons) {
        Class<?> type = description.getBeanClass();
        Optional<TextForm<?>> form = type.isEnum() ? Optional.empty() : TextForms.of(type);
        return form.<ValueDeserializer<?>>map(known -> new StrictValue(type, known, jacksons))
                .orElse(jacksons);
    }

    @Override
    public ValueDeserializer<?> modifyEnumDeserializer(
            DeserializationConfig config,
            JavaType type,
            BeanDescription.Supplier description,
            ValueDeserializer<?> jacksons) {
        return new StrictName(jacksons);
    }

    @Override
    public ValueDeserializer<?> modifyArrayDeserializer(
            DeserializationConfig config,
            ArrayType type,
            BeanDescription.Supplier description,
            ValueDeserializer<?> jacksons) {
        Class<?> content = type.getContentType().getRawClass();
        return content == double.class || content == float.class
                ? new StrictArray(content)
                : jacksons;
    }

    @Override
    public KeyDeserializer modifyKeyDeserializer(
            DeserializationConfig config, JavaType type, KeyDeserializer jacksons) {
        Class<?> raw = type.getRawClass();
        Optional<TextForm<?>> form = raw.isEnum() ? Optional.empty() : TextForms.of(raw);
        return form.<KeyDeserializer>map(StrictKey::new).orElse(jacksons);
    }

    /** An optional double, which has a deserializer of Jackson's that is not given to modifiers. */
    static final class StrictOptional extends StdScalarDeserializer<OptionalDouble> {
        private final TextForm<?> form = TextForms.of(double.class).orElseThrow();

        StrictOptional() {
            super(OptionalDouble.class);
        }

        @Override
        public OptionalDouble deserialize(JsonParser from, DeserializationContext context) {
            return OptionalDouble.of((Double) StrictValue.read(form, from));
        }

        @Override
        public OptionalDouble getNullValue(DeserializationContext context) {
            return OptionalDouble.empty();
        }
    }

    /** A key of a map by its text form. */
    private static final class StrictKey extends KeyDeserializer {
        private final TextForm<?> form;

        StrictKey(TextForm<?> form) {
            this.form = form;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            try {
                return form.parse(key);
            } catch (IllegalArgumentException e) {
                throw JsonWords.mismatch(context.getParser(), "a key " + e.getMessage(), e);
            }
        }
    }
}
