package dev.waxwing.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.type.CollectionType;

/** Writes the elements of sets in their natural order, if they have one. */
final class SetsInOrder extends ValueSerializerModifier {

    /* Jackson does it by itself from 3.2 on, whose annotations are newer than those of Spring Boot 3.5 (decision 0050). */

    private static final long serialVersionUID = 1L;

    static SimpleModule module() {
        SimpleModule module = new SimpleModule("waxwing sets");
        module.setSerializerModifier(new SetsInOrder());
        return module;
    }

    @Override
    @SuppressWarnings("unchecked")
    public ValueSerializer<?> modifyCollectionSerializer(
            SerializationConfig config,
            CollectionType type,
            BeanDescription.Supplier bean,
            ValueSerializer<?> serializer) {
        return Set.class.isAssignableFrom(type.getRawClass())
                ? new Writer((ValueSerializer<Object>) serializer)
                : serializer;
    }

    private static final class Writer extends ValueSerializer<Object> {

        private final ValueSerializer<Object> elements;

        Writer(ValueSerializer<Object> elements) {
            this.elements = elements;
        }

        @Override
        public void resolve(SerializationContext context) {
            elements.resolve(context);
        }

        @Override
        @SuppressWarnings("unchecked")
        public ValueSerializer<?> createContextual(
                SerializationContext context, BeanProperty property) {
            return new Writer(
                    (ValueSerializer<Object>) elements.createContextual(context, property));
        }

        @Override
        public void serialize(Object set, JsonGenerator out, SerializationContext context) {
            elements.serialize(ordered(set), out, context);
        }

        @Override
        public void serializeWithType(
                Object set, JsonGenerator out, SerializationContext context, TypeSerializer types) {
            elements.serializeWithType(set, out, context, types);
        }

        @Override
        public boolean isEmpty(SerializationContext context, Object set) {
            return elements.isEmpty(context, set);
        }

        private static Object ordered(Object set) {
            if (set instanceof SortedSet || set instanceof EnumSet) {
                return set;
            }
            List<Comparable<Object>> sorted = new ArrayList<>();
            for (Object element : (Collection<?>) set) {
                if (!(element instanceof Comparable)) {
                    return set;
                }
                sorted.add(comparable(element));
            }
            try {
                sorted.sort(Comparator.naturalOrder());
            } catch (ClassCastException ofSeveralTypes) {
                return set;
            }
            return sorted;
        }

        @SuppressWarnings("unchecked")
        private static Comparable<Object> comparable(Object element) {
            return (Comparable<Object>) element;
        }
    }
}
