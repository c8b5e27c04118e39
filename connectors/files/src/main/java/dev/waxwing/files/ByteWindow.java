package dev.waxwing.files;

import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The part of an input that is in memory: bytes that were read and not yet consumed. Confined to
 * the thread of its partition.
 */
final class ByteWindow implements Closeable {

    /*
     * Readers look at the array itself, between start and end, so that finding and decoding a line
     * costs no call a byte. What is left of a block when it is exhausted, a part of a line, is
     * moved to the front before the next block is read behind it; the array grows only if a single
     * line fills it, and readers bound that.
     *
     * Newlines are found eight bytes at a time, by the classic test for a zero byte in a word.
     */

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    /** Changes when more is read. */
    byte[] bytes;

    /** Index of the first byte that is not consumed. */
    int start;

    /** Index after the last byte that was read. */
    int end;

    /** The bytes that are read first, since many files have no more. */
    private static final int FIRST_BYTES = 1 << 13;

    /** The room that is left for a look whether there is more. */
    private static final int LOOK_BYTES = 256;

    private final ByteInput input;
    private final int blockBytes;
    private long startOffset;

    /** {@code startOffset} is the offset in the input of the byte that is read first. */
    ByteWindow(ByteInput input, int blockBytes, long startOffset) {
        this.input = input;
        this.blockBytes = blockBytes;
        this.bytes = new byte[Math.min(blockBytes, FIRST_BYTES)];
        this.startOffset = startOffset;
    }

    /** Offset in the input of the first byte that is not consumed. */
    long offset() {
        return startOffset;
    }

    int length() {
        return end - start;
    }

    void consume(int count) {
        start += count;
        startOffset += count;
    }

    /**
     * Reads more after what is there, which may move.
     *
     * @return false if the input has no more for now
     */
    boolean fill() throws IOException {
        if (end == bytes.length) {
            makeRoom();
        }
        int count = input.read(bytes, end, bytes.length - end);
        if (count <= 0) {
            return false;
        }
        end += count;
        return true;
    }

    /** Index of the first byte of that value at {@code from} or after, or -1. */
    int indexOf(byte wanted, int from) {
        byte[] array = bytes;
        int to = end;
        int i = from;
        long pattern = ONES * (wanted & 0xff);
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long word = (long) WORDS.get(array, i) ^ pattern;
            long hit = (word - ONES) & ~word & HIGHS;
            if (hit != 0) {
                return i + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (array[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Consumes a UTF-8 byte order mark, if the input begins with one.
     *
     * @return false if what can be read now is too little to tell
     */
    boolean skipByteOrderMark() throws IOException {
        while (length() < MARK.length && beginsWithMark(length())) {
            if (!fill()) {
                return false;
            }
        }
        if (beginsWithMark(MARK.length)) {
            consume(MARK.length);
        }
        return true;
    }

    private boolean beginsWithMark(int count) {
        return count <= length() && Arrays.equals(bytes, start, start + count, MARK, 0, count);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    /** Keeps no more memory than what is there needs, and a little to look for more. */
    void rest() {
        int wanted = length() + LOOK_BYTES;
        if (wanted < bytes.length) {
            resize(wanted);
        }
    }

    private void makeRoom() {
        if (bytes.length < blockBytes) {
            resize(blockBytes);
        } else if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, length());
            end -= start;
            start = 0;
        } else {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
    }

    private void resize(int size) {
        byte[] resized = new byte[size];
        System.arraycopy(bytes, start, resized, 0, length());
        end -= start;
        start = 0;
        bytes = resized;
    }
}
