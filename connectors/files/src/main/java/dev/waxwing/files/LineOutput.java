package dev.waxwing.files;

import dev.waxwing.internal.UnicodeText;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of bytes that items are encoded into before they go to the file. Confined to the
 * thread of its partition.
 */
public final class LineOutput extends OutputStream {

    /*
     * The JDK encodes text at the speed of memory, but makes half of a surrogate pair a question mark. So only a text that
     * has got a question mark is looked at, to tell whether it was there; as in TextDecoder, the other way round.
     */

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUESTION_MARKS = ONES * '?';

    private final MalformedText malformed;
    private byte[] bytes;
    private int length;

    LineOutput(int capacity, MalformedText malformed) {
        this.bytes = new byte[capacity];
        this.malformed = malformed;
    }

    /**
     * Adds text as UTF-8. Half of a surrogate pair that stands alone has none: it is replaced by
     * U+FFFD if the sink says so.
     *
     * @throws IllegalArgumentException if there is one, and it is not to be replaced
     */
    public void write(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (hasQuestionMark(encoded)) {
            int lone = UnicodeText.loneSurrogate(text);
            if (lone >= 0) {
                writeMalformed(text, lone);
                return;
            }
        }
        write(encoded);
    }

    private void writeMalformed(String text, int lone) {
        if (malformed == MalformedText.REJECT) {
            throw new IllegalArgumentException(
                    "a text has half of a surrogate pair at index "
                            + lone
                            + ", which is no character; repair it, or write U+FFFD in place of such"
                            + " halves by withMalformed(MalformedText.REPLACE)");
        }
        write(UnicodeText.replaced(text).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean hasQuestionMark(byte[] text) {
        int i = 0;
        for (; i <= text.length - Long.BYTES; i += Long.BYTES) {
            long word = (long) WORDS.get(text, i) ^ QUESTION_MARKS;
            if (((word - ONES) & ~word & HIGHS) != 0) {
                return true;
            }
        }
        for (; i < text.length; i++) {
            if (text[i] == '?') {
                return true;
            }
        }
        return false;
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
