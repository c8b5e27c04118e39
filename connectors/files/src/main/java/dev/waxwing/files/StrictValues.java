package dev.waxwing.files;

import dev.waxwing.text.TextForm;
import dev.waxwing.text.TextForms;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
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
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.type.ArrayType;
import tools.jackson.databind.type.MapType;

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
        if (form.isPresent()) {
            return new StrictValue(type, form.get(), jacksons);
        }
        Optional<String> refusal = TextForms.refusal(type);
        if (refusal.isPresent()) {
            return new OldTime(type, refusal.get(), jacksons);
        }
        boolean isMadeOfString =
                jacksons instanceof FromStringDeserializer || ZoneId.class.isAssignableFrom(type);
        if (isMadeOfString) {
            return new StrictText(jacksons);
        }
        return jacksons instanceof BeanDeserializerBase
                ? StrictNames.of(description, jacksons)
                : jacksons;
    }

    @Override
    public ValueDeserializer<?> modifyEnumDeserializer(
            DeserializationConfig config,
            JavaType type,
            BeanDescription.Supplier description,
            ValueDeserializer<?> jacksons) {
        Class<?> raw = type.getRawClass();
        return raw == Month.class || raw == DayOfWeek.class
                ? new StrictValue(raw, TextForms.of(raw).orElseThrow(), jacksons)
                : new StrictText(jacksons);
    }

    @Override
    public ValueDeserializer<?> modifyArrayDeserializer(
            DeserializationConfig config,
            ArrayType type,
            BeanDescription.Supplier description,
            ValueDeserializer<?> jacksons) {
        Class<?> content = type.getContentType().getRawClass();
        return content.isPrimitive() ? new StrictArray(content) : jacksons;
    }

    @Override
    public ValueDeserializer<?> modifyMapDeserializer(
            DeserializationConfig config,
            MapType type,
            BeanDescription.Supplier description,
            ValueDeserializer<?> jacksons) {
        Class<?> key = type.getKeyType().getRawClass();
        boolean isOneText = key.isEnum() || key == String.class || TextForms.of(key).isEmpty();
        return isOneText ? jacksons : new StrictMap(jacksons);
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
