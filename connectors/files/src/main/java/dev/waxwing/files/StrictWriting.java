package dev.waxwing.files;

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

/** Refuses to write what would not be read. */
final class StrictWriting extends ValueSerializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public ValueSerializer<?> modifySerializer(
            SerializationConfig config,
            BeanDescription.Supplier description,
            ValueSerializer<?> jacksons) {
        Class<?> type = description.getBeanClass();
        Optional<String> refusal = TextForms.refusal(type);
        return refusal.<ValueSerializer<?>>map(words -> new OldTime(type, words, jacksons))
                .orElse(jacksons);
    }

    /** Writes no value of a type of time that has no text form, unless a property has a format. */
    private static final class OldTime extends ValueSerializer<Object> {
        private final Class<?> type;
        private final String refusal;
        private final ValueSerializer<?> jacksons;

        OldTime(Class<?> type, String refusal, ValueSerializer<?> jacksons) {
            this.type = type;
            this.refusal = refusal;
            this.jacksons = jacksons;
        }

        @Override
        public ValueSerializer<?> createContextual(
                SerializationContext context, @Nullable BeanProperty property) {
            boolean hasFormat =
                    property != null
                            && StrictJson.isFormat(
                                    property.findPropertyFormat(context.getConfig(), type));
            return hasFormat ? jacksons.createContextual(context, property) : this;
        }

        @Override
        public void serialize(Object value, JsonGenerator out, SerializationContext context) {
            throw DatabindException.from(out, refusal + StrictJson.OR_FORMAT);
        }
    }
}
