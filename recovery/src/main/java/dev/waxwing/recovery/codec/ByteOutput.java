package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.RecoveryException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of bytes to encode into. Confined to one thread; {@link #reset} makes it ready
 * for the next value without giving up its array.
 */
public final class ByteOutput {

    private static final int MAX_SIZE = Integer.MAX_VALUE - 16;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    // written by the confined thread
    private byte[] array = new byte[128];
    private int size;
    private int depth;

    /** Makes an empty output. */
    public ByteOutput() {}

    /** The bytes so far are the first {@link #size} of this array; valid until the next write. */
    public byte[] array() {
        return array;
    }

    /** How many bytes were written since the last {@link #reset}. */
    public int size() {
        return size;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(array, size);
    }

    /** Forgets what was written. */
    public void reset() {
        size = 0;
        depth = 0;
    }

    /** To be called when writing goes down into a part; refuses to go deeper than reading does. */
    public void enter() {
        if (++depth > ByteInput.MAX_DEPTH) {
            throw new RecoveryException(
                    "a value is nested more than "
                            + ByteInput.MAX_DEPTH
                            + " deep, or contains itself; keep chains in a list, and no cycles");
        }
    }

    /** To be called when a part that was entered is written. */
    public void leave() {
        depth--;
    }

    /** Writes the low 8 bits. */
    public void writeByte(int value) {
        reserve(1);
        array[size++] = (byte) value;
    }

    /** Writes a range of an array. */
    public void write(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, array, size, length);
        size += length;
    }

    /** Writes 4 bytes, the highest first. */
    public void writeInt(int value) {
        reserve(4);
        INT.set(array, size, value);
        size += 4;
    }

    /** Writes 8 bytes, the highest first. */
    public void writeLong(long value) {
        reserve(8);
        LONG.set(array, size, value);
        size += 8;
    }

    /** Writes 1 to 5 bytes, few for numbers that are small and not negative. */
    public void writeVarInt(int value) {
        reserve(5);
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            array[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[size++] = (byte) rest;
    }

    /** Writes 1 to 10 bytes, few for numbers that are small and not negative. */
    public void writeVarLong(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            array[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[size++] = (byte) rest;
    }

    /** Writes 1 to 10 bytes, few for numbers close to zero. */
    public void writeZigZag(long value) {
        writeVarLong((value << 1) ^ (value >> 63));
    }

    /**
     * Writes the characters of a text so that every text has exactly one form; an {@code offset} of
     * 1 leaves the length 0 free to stand for null.
     */
    public void writeText(String text, int offset) {
        int length = text.length();
        int header = size;
        if (length < 64 && writeShortAscii(text, length, offset)) {
            return;
        }
        size = header;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (isWellFormed(text)) {
            writeVarLong(((long) bytes.length << 1) + offset);
            write(bytes, 0, bytes.length);
        } else {
            writeVarLong((((long) length << 2) | 1) + offset);
            for (int i = 0; i < length; i++) {
                writeByte(text.charAt(i) >> 8);
                writeByte(text.charAt(i));
            }
        }
    }

    private boolean writeShortAscii(String text, int length, int offset) {
        writeVarInt((length << 1) + offset);
        reserve(length);
        int any = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            any |= c;
            array[size + i] = (byte) c;
        }
        size += length;
        return any < 0x80;
    }

    private static boolean isWellFormed(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean isPair =
                        Character.isHighSurrogate(c)
                                && i + 1 < length
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!isPair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private void reserve(int more) {
        if (array.length - size < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) size + more;
        if (needed > MAX_SIZE) {
            throw new RecoveryException(
                    "a value has more than 2 GiB when encoded; split it over several keys");
        }
        array = Arrays.copyOf(array, (int) Math.min(MAX_SIZE, Math.max(2L * size, needed)));
    }
}
