package dev.waxwing.http;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.waxwing.text.TextForms;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ser.ValueSerializerModifier;

/**
 * Refuses types of time that have no text form, such as {@link java.util.Date}, but for properties
 * that have a format of their own, which is left to Jackson.
 */
final class OldTimes extends ValueSerializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public ValueSerializer<?> modifySerializer(
            SerializationConfig config,
            BeanDescription.Supplier description,
            ValueSerializer<?> jacksons) {
        Class<?> type = description.getBeanClass();
        Optional<String> refusal = TextForms.refusal(type);
        return refusal.<ValueSerializer<?>>map(words -> new Refusing(type, words, jacksons))
                .orElse(jacksons);
    }

    private static final class Refusing extends ValueSerializer<Object> {
        private final Class<?> type;
        private final String refusal;
        private final ValueSerializer<?> jacksons;

        Refusing(Class<?> type, String refusal, ValueSerializer<?> jacksons) {
            this.type = type;
            this.refusal = refusal;
            this.jacksons = jacksons;
        }

        @Override
        public ValueSerializer<?> createContextual(
                SerializationContext context, @Nullable BeanProperty property) {
            JsonFormat.Value format =
                    property == null
                            ? JsonFormat.Value.empty()
                            : property.findPropertyFormat(context.getConfig(), type);
            return format.hasPattern() || format.hasShape()
                    ? jacksons.createContextual(context, property)
                    : this;
        }

        @Override
        public void serialize(Object value, JsonGenerator out, SerializationContext context) {
            throw DatabindException.from(out, refusal + ", or give the property a @JsonFormat");
        }
    }
}
