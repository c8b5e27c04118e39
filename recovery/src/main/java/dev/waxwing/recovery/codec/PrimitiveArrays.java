package dev.waxwing.recovery.codec;

import java.lang.reflect.Array;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Arrays of numbers, characters and truth values, without boxing where it matters. */
abstract class PrimitiveArrays implements ValueWriter, ValueReader {

    /** The one for arrays of this element. */
    static PrimitiveArrays of(ScalarType element) {
        return switch (element) {
            case INT -> new Ints();
            case LONG -> new Longs();
            case DOUBLE -> new Doubles();
            default -> new Others(element);
        };
    }

    /** An array as a list, anything else as it is. */
    static String toText(@Nullable Object value) {
        if (value == null || !value.getClass().isArray()) {
            return String.valueOf(value);
        }
        StringJoiner elements = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < Array.getLength(value); i++) {
            elements.add(String.valueOf(Array.get(value, i)));
        }
        return elements.toString();
    }

    private static final class Ints extends PrimitiveArrays {
        @Override
        public void write(ByteOutput out, Object value) {
            int[] array = (int[]) value;
            out.writeVarInt(array.length);
            for (int element : array) {
                out.writeZigZag(element);
            }
        }

        @Override
        public Object read(ByteInput in) {
            int[] array = new int[in.readLength()];
            for (int i = 0; i < array.length; i++) {
                array[i] = (int) ScalarType.INT.read(in);
            }
            return array;
        }
    }

    private static final class Longs extends PrimitiveArrays {
        @Override
        public void write(ByteOutput out, Object value) {
            long[] array = (long[]) value;
            out.writeVarInt(array.length);
            for (long element : array) {
                out.writeZigZag(element);
            }
        }

        @Override
        public Object read(ByteInput in) {
            long[] array = new long[in.readLength()];
            for (int i = 0; i < array.length; i++) {
                array[i] = in.readZigZag();
            }
            return array;
        }
    }

    private static final class Doubles extends PrimitiveArrays {
        @Override
        public void write(ByteOutput out, Object value) {
            double[] array = (double[]) value;
            out.writeVarInt(array.length);
            for (double element : array) {
                out.writeLong(Double.doubleToLongBits(element));
            }
        }

        @Override
        public Object read(ByteInput in) {
            double[] array = new double[in.readLength()];
            for (int i = 0; i < array.length; i++) {
                array[i] = Double.longBitsToDouble(in.readLong());
            }
            return array;
        }
    }

    private static final class Others extends PrimitiveArrays {
        private final ScalarType element;

        Others(ScalarType element) {
            this.element = element;
        }

        @Override
        public void write(ByteOutput out, Object value) {
            int length = Array.getLength(value);
            out.writeVarInt(length);
            for (int i = 0; i < length; i++) {
                element.write(out, Array.get(value, i));
            }
        }

        @Override
        public Object read(ByteInput in) {
            int length = in.readLength();
            Object array = Array.newInstance(element.javaClass(true), length);
            for (int i = 0; i < length; i++) {
                Array.set(array, i, element.read(in));
            }
            return array;
        }
    }
}
