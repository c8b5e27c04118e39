package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.RecoveryException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Writes values that have no declared type: first what they are, then what is in them. */
final class AnyWriter implements ValueWriter {

    private Map<Class<?>, Integer> tags = Map.of();
    private Map<Class<?>, ValueWriter> writers = Map.of();

    /** Completes this; apart from the constructor as these writers may lead back to this one. */
    void knowClasses(Map<Class<?>, Integer> classTags, Map<Class<?>, ValueWriter> classWriters) {
        tags = classTags;
        writers = classWriters;
    }

    @Override
    public void writeNullable(ByteOutput out, @Nullable Object value) {
        if (value == null) {
            out.writeVarInt(AnyTag.NULL);
        } else {
            write(out, value);
        }
    }

    @Override
    public void write(ByteOutput out, Object value) {
        ScalarType scalar = ScalarType.of(value.getClass());
        if (scalar != null) {
            out.writeVarInt(AnyTag.SCALAR + scalar.code());
            scalar.write(out, value);
            return;
        }
        out.enter();
        Class<?> type = WriterCompiler.classOf(value);
        ValueWriter known = writers.get(type);
        if (known != null) {
            out.writeVarInt(tags.getOrDefault(type, 0));
            known.write(out, value);
        } else {
            writeStandard(out, value);
        }
        out.leave();
    }

    private void writeStandard(ByteOutput out, Object value) {
        SequenceKind sequence = SequenceKind.ofValue(value);
        if (sequence != null) {
            writeSequence(out, sequence, (Collection<?>) value);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(out, map);
        } else if (value instanceof Optional<?> optional) {
            out.writeVarInt(AnyTag.OPTIONAL);
            writeNullable(out, optional.orElse(null));
        } else if (value instanceof Object[] array && array.getClass() == Object[].class) {
            out.writeVarInt(AnyTag.OBJECT_ARRAY);
            out.writeVarInt(array.length);
            for (Object part : array) {
                writeNullable(out, part);
            }
        } else if (value.getClass().isArray() && value.getClass().componentType().isPrimitive()) {
            writePrimitives(out, value);
        } else {
            throw unknown(value);
        }
    }

    private void writeSequence(ByteOutput out, SequenceKind kind, Collection<?> elements) {
        if (elements instanceof SortedSet<?> sorted && sorted.comparator() != null) {
            throw unknown(elements);
        }
        out.writeVarInt(AnyTag.SEQUENCE + kind.code());
        out.writeVarInt(elements.size());
        for (Object part : elements) {
            writeNullable(out, part);
        }
    }

    private void writeMap(ByteOutput out, Map<?, ?> map) {
        if (map instanceof SortedMap<?, ?> sorted && sorted.comparator() != null) {
            throw unknown(map);
        }
        boolean isSorted = MappingKind.ofValue(map) == MappingKind.SORTED_MAP;
        out.writeVarInt(isSorted ? AnyTag.SORTED_MAP : AnyTag.MAP);
        out.writeVarInt(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            writeNullable(out, entry.getKey());
            writeNullable(out, entry.getValue());
        }
    }

    private static void writePrimitives(ByteOutput out, Object array) {
        ScalarType element = ScalarType.of(array.getClass().componentType());
        if (element == null) {
            throw unknown(array);
        }
        out.writeVarInt(AnyTag.PRIMITIVE_ARRAY + element.code());
        PrimitiveArrays.of(element).write(out, array);
    }

    private static RecoveryException unknown(Object value) {
        boolean hasOrder = value instanceof SortedSet || value instanceof SortedMap;
        return new RecoveryException(
                "a value cannot be stored: it is a "
                        + value.getClass().getName()
                        + (hasOrder
                                ? " with a comparator of its own; use natural order, or keep a list"
                                : ", which no declared type leads to; declare the state's type with"
                                        + " state(...), or register the class"));
    }
}
