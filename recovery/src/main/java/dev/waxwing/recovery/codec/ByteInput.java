package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.RecoveryException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a {@link ByteOutput} wrote. Confined to one thread.
 *
 * <p>Trusts nothing: every read is checked against the end, every length against what is left, and
 * nesting is bounded; what does not fit is a {@link RecoveryException}.
 */
public final class ByteInput {

    /** How deep values may be nested. */
    public static final int MAX_DEPTH = 500;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    // written by the confined thread
    private byte[] array;
    private int position;
    private int end;
    private int depth;

    /** Reads a whole array. */
    public ByteInput(byte[] array) {
        this(array, 0, array.length);
    }

    /** Reads a range of an array. */
    public ByteInput(byte[] array, int offset, int length) {
        this.array = array;
        reset(array, offset, length);
    }

    /** Makes this ready to read another range. */
    public void reset(byte[] source, int offset, int length) {
        if (offset < 0 || length < 0 || length > source.length - offset) {
            throw new IllegalArgumentException(
                    "range "
                            + offset
                            + "+"
                            + length
                            + " is not within "
                            + source.length
                            + " bytes");
        }
        array = source;
        position = offset;
        end = offset + length;
        depth = 0;
    }

    /** Index of the next byte in the array. */
    public int position() {
        return position;
    }

    /** Bytes that are left. */
    public int remaining() {
        return end - position;
    }

    /** Reads one byte, 0 to 255. */
    public int readByte() {
        if (position == end) {
            throw truncated(1);
        }
        return array[position++] & 0xff;
    }

    /** Reads 4 bytes. */
    public int readInt() {
        require(4);
        int value = (int) INT.get(array, position);
        position += 4;
        return value;
    }

    /** Reads 8 bytes. */
    public long readLong() {
        require(8);
        long value = (long) LONG.get(array, position);
        position += 8;
        return value;
    }

    /** Reads {@link ByteOutput#writeVarInt}. */
    public int readVarInt() {
        long value = readVarLong();
        if (value != (value & 0xffff_ffffL)) {
            throw damaged("a number of 32 bits");
        }
        return (int) value;
    }

    /** Reads {@link ByteOutput#writeVarLong}. */
    public long readVarLong() {
        int first = readByte();
        if (first < 0x80) {
            return first;
        }
        long value = first & 0x7f;
        for (int shift = 7; shift < 64; shift += 7) {
            int next = readByte();
            if (shift == 63 && next > 1) {
                break;
            }
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged("a number of 64 bits");
    }

    /** Reads {@link ByteOutput#writeZigZag}. */
    public long readZigZag() {
        long value = readVarLong();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Reads a count of things of which each takes a byte or more: never more than are left. */
    public int readLength() {
        return checkLength(readVarLong());
    }

    /** As {@link #readLength}, one more being written; -1 stands for null. */
    public int readNullableLength() {
        long value = readVarLong();
        return value == 0 ? -1 : checkLength(value - 1);
    }

    /** Reads a copy of some bytes. */
    public byte[] readBytes(int length) {
        require(length);
        byte[] bytes = Arrays.copyOfRange(array, position, position + length);
        position += length;
        return bytes;
    }

    /** Passes over some bytes. */
    public void skip(int length) {
        require(length);
        position += length;
    }

    /** Reads {@link ByteOutput#writeText} given its header, from which the offset was taken. */
    public String readText(long header) {
        int length = checkLength(header >>> 1);
        String text =
                (header & 1) == 0
                        ? new String(array, position, length, StandardCharsets.UTF_8)
                        : exactUtf16(length);
        position += length;
        return text;
    }

    /** To be called when reading goes down into a part; refuses to go too deep. */
    public void enter() {
        if (++depth > MAX_DEPTH) {
            throw damaged("values nested at most " + MAX_DEPTH + " deep");
        }
    }

    /** To be called when a part that was entered is read. */
    public void leave() {
        depth--;
    }

    /** An error that says what was expected at this place. */
    public RecoveryException damaged(String expected) {
        return new RecoveryException(
                "stored bytes are damaged: expected "
                        + expected
                        + " before byte "
                        + position
                        + " of "
                        + end
                        + "; restore the store from a copy, or resume from an older epoch");
    }

    private String exactUtf16(int length) {
        char[] chars = new char[length / 2];
        for (int i = 0; i < chars.length; i++) {
            int at = position + 2 * i;
            chars[i] = (char) (((array[at] & 0xff) << 8) | (array[at + 1] & 0xff));
        }
        return new String(chars);
    }

    private int checkLength(long length) {
        if (length < 0 || length > remaining()) {
            throw damaged("at most " + remaining() + " bytes or parts, not " + length + ",");
        }
        return (int) length;
    }

    private void require(int length) {
        if (length > end - position) {
            throw truncated(length);
        }
    }

    private RecoveryException truncated(int length) {
        return damaged(length + " more bytes");
    }
}
