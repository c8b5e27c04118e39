package dev.waxwing.files;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of bytes that items are encoded into before they go to the file. Confined to the
 * thread of its partition.
 */
public final class LineOutput extends OutputStream {

    private byte[] bytes;
    private int length;

    LineOutput(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** Adds text as UTF-8. */
    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(byte[] from) {
        write(from, 0, from.length);
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    @Override
    public void write(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    @Override
    public void flush() {
        // the file's writer decides
    }

    @Override
    public void close() {
        // encoders that close what they write to must not end the file
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Drops what was added since the length was that. */
    void truncate(int newLength) {
        length = newLength;
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            int wanted = Math.addExact(length, count);
            bytes = Arrays.copyOf(bytes, (int) Math.max(wanted, Math.min(2L * length, 1 << 30)));
        }
    }
}
