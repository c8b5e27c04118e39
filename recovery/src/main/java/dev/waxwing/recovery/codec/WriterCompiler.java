package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.RecoveryException;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Makes writers for the types of one schema. Confined to one thread; its writers are immutable. */
final class WriterCompiler {

    private final BoundSchema bound;
    private final Map<Integer, DeferredWriter> named = new HashMap<>();
    private @Nullable AnyWriter any;

    WriterCompiler(BoundSchema bound) {
        this.bound = bound;
    }

    ValueWriter writer(Schema schema) {
        if (schema instanceof Schema.Scalar scalar) {
            return scalar.type();
        } else if (schema instanceof Schema.Sequence sequence) {
            return new SequenceWriter(writer(sequence.element()));
        } else if (schema instanceof Schema.Mapping mapping) {
            return new MappingWriter(writer(mapping.key()), writer(mapping.value()));
        } else if (schema instanceof Schema.Array array) {
            return arrayWriter(array.element());
        } else if (schema instanceof Schema.Maybe maybe) {
            return new OptionalWriter(writer(maybe.element()));
        } else if (schema instanceof Schema.Named name) {
            return namedWriter(name);
        }
        return anyWriter();
    }

    private ValueWriter arrayWriter(Schema element) {
        if (element instanceof Schema.Scalar scalar && scalar.isPrimitive()) {
            return PrimitiveArrays.of(scalar.type());
        }
        return new ArrayWriter(writer(element));
    }

    private AnyWriter anyWriter() {
        if (any == null) {
            any = new AnyWriter();
            Map<Class<?>, Integer> tags = new HashMap<>();
            Map<Class<?>, ValueWriter> writers = new HashMap<>();
            int tag = AnyTag.CLASS;
            for (int index : bound.document().any().values()) {
                Schema.Named name = new Schema.Named(index);
                tags.put(bound.javaClass(name), tag++);
                writers.put(bound.javaClass(name), writer(name));
            }
            any.knowClasses(tags, writers);
        }
        return any;
    }

    private ValueWriter namedWriter(Schema.Named name) {
        DeferredWriter known = named.get(name.index());
        if (known != null) {
            return known.orTarget();
        }
        DeferredWriter deferred = new DeferredWriter();
        named.put(name.index(), deferred);
        deferred.target = definitionWriter(name);
        return deferred.target;
    }

    private ValueWriter definitionWriter(Schema.Named name) {
        Definition definition = bound.document().definition(name);
        ObjectShape shape = bound.shapes().get(name.index());
        if (definition instanceof Definition.Composite composite && shape != null) {
            List<Part> parts = new ArrayList<>();
            for (Schema part : composite.components().values()) {
                boolean isPrimitive = part instanceof Schema.Scalar scalar && scalar.isPrimitive();
                parts.add(new Part(shape.getters()[parts.size()], writer(part), isPrimitive));
            }
            return new CompositeWriter(shape.type(), List.copyOf(parts));
        } else if (definition instanceof Definition.Union union) {
            return unionWriter(bound.javaClass(name), union);
        }
        return new ConstantWriter(bound.javaClass(name));
    }

    private ValueWriter unionWriter(Class<?> type, Definition.Union union) {
        Map<Class<?>, Integer> places = new HashMap<>();
        List<ValueWriter> writers = new ArrayList<>();
        for (int index : union.cases().values()) {
            Schema.Named name = new Schema.Named(index);
            places.put(bound.javaClass(name), writers.size());
            writers.add(writer(name));
        }
        return new UnionWriter(type, places, List.copyOf(writers));
    }

    static Class<?> classOf(Object value) {
        return value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    }

    private static RecoveryException wrongClass(Class<?> expected, Object value) {
        return new RecoveryException(
                "a value cannot be stored: a "
                        + expected.getName()
                        + " was declared, but it is a "
                        + value.getClass().getName()
                        + "; make the declared type sealed, or declare the class that is used");
    }

    /** Stands for a type while its own writer is being made. */
    private static final class DeferredWriter implements ValueWriter {
        private @Nullable ValueWriter target;

        ValueWriter orTarget() {
            return target == null ? this : target;
        }

        @Override
        public void write(ByteOutput out, Object value) {
            made().write(out, value);
        }

        @Override
        public void writeNullable(ByteOutput out, @Nullable Object value) {
            made().writeNullable(out, value);
        }

        private ValueWriter made() {
            if (target == null) {
                throw new IllegalStateException("a writer is used before it is complete");
            }
            return target;
        }
    }

    private record Part(MethodHandle getter, ValueWriter writer, boolean isPrimitive) {}

    private record CompositeWriter(Class<?> type, List<Part> parts) implements ValueWriter {
        @Override
        public void write(ByteOutput out, Object value) {
            if (value.getClass() != type) {
                throw wrongClass(type, value);
            }
            out.enter();
            for (int i = 0; i < parts.size(); i++) {
                Part part = parts.get(i);
                Object component = get(part.getter(), value);
                if (part.isPrimitive() && component != null) {
                    part.writer().write(out, component);
                } else {
                    part.writer().writeNullable(out, component);
                }
            }
            out.leave();
        }

        private @Nullable Object get(MethodHandle getter, Object value) {
            try {
                return (Object) getter.invokeExact(value);
            } catch (Error e) {
                throw e;
            } catch (Throwable e) {
                throw new RecoveryException(
                        "a value cannot be stored, as an accessor of "
                                + type.getName()
                                + " failed; accessors of records must not throw",
                        e);
            }
        }
    }

    /** Places among the constants are safe to store, as the schema names them in order. */
    @SuppressWarnings("EnumOrdinal")
    private record ConstantWriter(Class<?> type) implements ValueWriter {
        @Override
        public void write(ByteOutput out, Object value) {
            out.writeVarInt(((Enum<?>) value).ordinal());
        }

        @Override
        public void writeNullable(ByteOutput out, @Nullable Object value) {
            out.writeVarInt(value == null ? 0 : ((Enum<?>) value).ordinal() + 1);
        }
    }

    private record UnionWriter(
            Class<?> type, Map<Class<?>, Integer> places, List<ValueWriter> writers)
            implements ValueWriter {

        @Override
        public void write(ByteOutput out, Object value) {
            write(out, value, 0);
        }

        @Override
        public void writeNullable(ByteOutput out, @Nullable Object value) {
            if (value == null) {
                out.writeVarInt(0);
            } else {
                write(out, value, 1);
            }
        }

        private void write(ByteOutput out, Object value, int offset) {
            Integer place = places.get(classOf(value));
            if (place == null) {
                throw wrongClass(type, value);
            }
            out.writeVarInt(place + offset);
            writers.get(place).write(out, value);
        }
    }

    private record SequenceWriter(ValueWriter element) implements ValueWriter {
        @Override
        public void write(ByteOutput out, Object value) {
            write(out, value, 0);
        }

        @Override
        public void writeNullable(ByteOutput out, @Nullable Object value) {
            if (value == null) {
                out.writeVarInt(0);
            } else {
                write(out, value, 1);
            }
        }

        private void write(ByteOutput out, Object value, int offset) {
            if (value instanceof SortedSet<?> sorted && sorted.comparator() != null) {
                throw ownOrder(value);
            }
            Collection<?> elements = asCollection(value);
            out.writeVarInt(elements.size() + offset);
            for (Object part : elements) {
                element.writeNullable(out, part);
            }
        }
    }

    private static Collection<?> asCollection(Object value) {
        if (value instanceof Collection<?> elements) {
            return elements;
        }
        throw new RecoveryException(
                "a value cannot be stored: a List was declared as Iterable, but it is a "
                        + value.getClass().getName()
                        + "; use a collection");
    }

    private static RecoveryException ownOrder(Object value) {
        return new RecoveryException(
                "a value cannot be stored: it is a "
                        + value.getClass().getSimpleName()
                        + " with a comparator of its own; use natural order, or keep a list");
    }

    private record MappingWriter(ValueWriter key, ValueWriter value) implements ValueWriter {
        @Override
        public void write(ByteOutput out, Object map) {
            write(out, (Map<?, ?>) map, 0);
        }

        @Override
        public void writeNullable(ByteOutput out, @Nullable Object map) {
            if (map == null) {
                out.writeVarInt(0);
            } else {
                write(out, (Map<?, ?>) map, 1);
            }
        }

        private void write(ByteOutput out, Map<?, ?> map, int offset) {
            if (map instanceof SortedMap<?, ?> sorted && sorted.comparator() != null) {
                throw ownOrder(map);
            }
            out.writeVarInt(map.size() + offset);
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                key.writeNullable(out, entry.getKey());
                value.writeNullable(out, entry.getValue());
            }
        }
    }

    private record ArrayWriter(ValueWriter element) implements ValueWriter {
        @Override
        public void write(ByteOutput out, Object value) {
            Object[] elements = (Object[]) value;
            out.writeVarInt(elements.length);
            for (Object part : elements) {
                element.writeNullable(out, part);
            }
        }
    }

    private record OptionalWriter(ValueWriter element) implements ValueWriter {
        @Override
        public void write(ByteOutput out, Object value) {
            element.writeNullable(out, ((Optional<?>) value).orElse(null));
        }
    }
}
