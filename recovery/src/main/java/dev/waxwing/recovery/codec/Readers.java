package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.RecoveryException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The readers that readers of whole types are put together from. */
final class Readers {

    private static final List<ScalarType> SCALARS = List.of(ScalarType.values());
    private static final List<SequenceKind> SEQUENCES = List.of(SequenceKind.values());

    /*
     * A count is at most the bytes that are left, and may be as wrong within each of many parts that are in each other. So
     * room is made for a few, and for more as they come: what is read takes memory, not what is announced.
     */
    private static final int ROOM_MAX = 256;

    private Readers() {}

    /** Stands for a type while its own reader is being made. */
    static final class Deferred implements ValueReader {
        private @Nullable ValueReader target;

        ValueReader complete(ValueReader reader) {
            target = reader;
            return reader;
        }

        ValueReader orTarget() {
            return target == null ? this : target;
        }

        @Override
        public Object read(ByteInput in) {
            return made().read(in);
        }

        @Override
        public @Nullable Object readNullable(ByteInput in) {
            return made().readNullable(in);
        }

        private ValueReader made() {
            if (target == null) {
                throw new IllegalStateException("a reader is used before it is complete");
            }
            return target;
        }
    }

    /** A value that is read as one type and given as another. */
    record Converted(ValueReader reader, Function<Object, Object> conversion)
            implements ValueReader {

        @Override
        public Object read(ByteInput in) {
            return conversion.apply(reader.read(in));
        }

        @Override
        public @Nullable Object readNullable(ByteInput in) {
            Object value = reader.readNullable(in);
            return value == null ? null : conversion.apply(value);
        }
    }

    record Sequence(SequenceKind kind, ValueReader element) implements ValueReader {
        @Override
        public Object read(ByteInput in) {
            return read(in, in.readLength());
        }

        @Override
        public @Nullable Object readNullable(ByteInput in) {
            int size = in.readNullableLength();
            return size < 0 ? null : read(in, size);
        }

        private Object read(ByteInput in, int size) {
            Collection<@Nullable Object> elements = kind.make(Math.min(size, ROOM_MAX));
            for (int i = 0; i < size; i++) {
                elements.add(element.readNullable(in));
            }
            return elements;
        }
    }

    record Mapping(MappingKind kind, ValueReader key, ValueReader value) implements ValueReader {
        @Override
        public Object read(ByteInput in) {
            return read(in, in.readLength());
        }

        @Override
        public @Nullable Object readNullable(ByteInput in) {
            int size = in.readNullableLength();
            return size < 0 ? null : read(in, size);
        }

        private Object read(ByteInput in, int size) {
            Map<@Nullable Object, @Nullable Object> map = kind.make();
            for (int i = 0; i < size; i++) {
                Object nextKey = key.readNullable(in);
                map.put(nextKey, value.readNullable(in));
            }
            return map;
        }
    }

    record Elements(Class<?> type, boolean isPrimitive, ValueReader element)
            implements ValueReader {

        @Override
        public Object read(ByteInput in) {
            int length = in.readLength();
            List<@Nullable Object> elements = new ArrayList<>(Math.min(length, ROOM_MAX));
            for (int i = 0; i < length; i++) {
                elements.add(isPrimitive ? element.read(in) : element.readNullable(in));
            }
            Object array = Array.newInstance(type, length);
            for (int i = 0; i < length; i++) {
                Array.set(array, i, elements.get(i));
            }
            return array;
        }
    }

    record Maybe(ValueReader element) implements ValueReader {
        @Override
        public Object read(ByteInput in) {
            return Optional.ofNullable(element.readNullable(in));
        }
    }

    /** The constant of an enum at the place that is read. */
    record Constant(List<Object> constants) implements ValueReader {
        Constant {
            constants = List.copyOf(constants);
        }

        @Override
        public Object read(ByteInput in) {
            return at(in, in.readVarInt());
        }

        @Override
        public @Nullable Object readNullable(ByteInput in) {
            int place = in.readVarInt();
            return place == 0 ? null : at(in, place - 1);
        }

        private Object at(ByteInput in, int place) {
            if (place < 0 || place >= constants.size()) {
                throw in.damaged("one of " + constants.size() + " constants");
            }
            return constants.get(place);
        }
    }

    /** The case of a sealed type at the place that is read. */
    record Union(List<ValueReader> cases) implements ValueReader {
        Union {
            cases = List.copyOf(cases);
        }

        @Override
        public Object read(ByteInput in) {
            return at(in, in.readVarInt());
        }

        @Override
        public @Nullable Object readNullable(ByteInput in) {
            int place = in.readVarInt();
            return place == 0 ? null : at(in, place - 1);
        }

        private Object at(ByteInput in, int place) {
            if (place < 0 || place >= cases.size()) {
                throw in.damaged("one of " + cases.size() + " cases");
            }
            return cases.get(place).read(in);
        }
    }

    /** Reads the parts of an object in the order in which they were written. */
    static final class Composite implements ValueReader {

        private final ObjectShape shape;
        private final ValueReader[] parts;
        private final boolean[] isPrimitive;
        private final int[] targets;
        private final @Nullable Object[] defaults;
        private final boolean[] isGiven;

        /**
         * @param targets where each part goes; -1 if nowhere
         * @param defaults one for each component, for those that no part goes to
         */
        Composite(
                ObjectShape shape,
                ValueReader[] parts,
                boolean[] isPrimitive,
                int[] targets,
                @Nullable Object[] defaults) {
            this.shape = shape;
            this.parts = parts;
            this.isPrimitive = isPrimitive;
            this.targets = targets;
            this.defaults = defaults;
            this.isGiven = new boolean[defaults.length];
            for (int target : targets) {
                if (target >= 0) {
                    isGiven[target] = true;
                }
            }
        }

        @Override
        public Object read(ByteInput in) {
            in.enter();
            @Nullable Object[] values = defaults.clone();
            for (int i = 0; i < parts.length; i++) {
                Object value = isPrimitive[i] ? parts[i].read(in) : parts[i].readNullable(in);
                if (targets[i] >= 0) {
                    values[targets[i]] = value;
                }
            }
            in.leave();
            return shape.make(values, isGiven);
        }
    }

    /** Reads a value that says itself what it is. */
    static final class Any implements ValueReader {

        private ValueReader[] classes = {};
        private String[] names = {};

        /**
         * Completes this; apart from the constructor as these readers may lead back to this one.
         */
        void knowClasses(String[] classNames, @Nullable ValueReader[] readers) {
            names = classNames;
            classes = new ValueReader[readers.length];
            for (int i = 0; i < readers.length; i++) {
                ValueReader reader = readers[i];
                classes[i] = reader == null ? missing(names[i]) : reader;
            }
        }

        @Override
        public Object read(ByteInput in) {
            Object value = readNullable(in);
            if (value == null) {
                throw in.damaged("a value");
            }
            return value;
        }

        @Override
        public @Nullable Object readNullable(ByteInput in) {
            int tag = in.readVarInt();
            if (tag == AnyTag.NULL) {
                return null;
            }
            in.enter();
            Object value = read(in, tag);
            in.leave();
            return value;
        }

        private Object read(ByteInput in, int tag) {
            if (tag >= AnyTag.CLASS && tag - AnyTag.CLASS < classes.length) {
                return classes[tag - AnyTag.CLASS].read(in);
            }
            return switch (tag) {
                case AnyTag.OPTIONAL -> Optional.ofNullable(readNullable(in));
                case AnyTag.OBJECT_ARRAY -> new Elements(Object.class, false, this).read(in);
                case AnyTag.MAP -> new Mapping(MappingKind.MAP, this, this).read(in);
                case AnyTag.SORTED_MAP -> new Mapping(MappingKind.SORTED_MAP, this, this).read(in);
                default -> readOneOfMany(in, tag);
            };
        }

        private Object readOneOfMany(ByteInput in, int tag) {
            int scalar = tag - AnyTag.SCALAR;
            int sequence = tag - AnyTag.SEQUENCE;
            int primitive = tag - AnyTag.PRIMITIVE_ARRAY;
            if (scalar >= 0 && scalar < SCALARS.size()) {
                return SCALARS.get(scalar).read(in);
            } else if (sequence >= 0 && sequence < SEQUENCES.size()) {
                return new Sequence(SEQUENCES.get(sequence), this).read(in);
            } else if (primitive >= 0 && primitive <= ScalarType.DOUBLE.code()) {
                return PrimitiveArrays.of(SCALARS.get(primitive)).read(in);
            }
            throw in.damaged("a known kind of value");
        }

        private static ValueReader missing(String name) {
            return in -> {
                throw new RecoveryException(
                        "a stored value is a "
                                + name
                                + ", which is no longer known; register the"
                                + " class under this name, or give a migration function");
            };
        }
    }
}
