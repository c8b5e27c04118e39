package dev.waxwing.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of a file, of which the last that were read can be had again. Confined to the thread of
 * its partition.
 */
final class RecentBytes extends InputStream {

    /** More than a parser reads ahead. */
    private static final int TAIL_BYTES = 1 << 16;

    private static final int HELD_BYTES_MAX = 1 << 30;

    private final String part;
    private final OpenFile file;
    private final byte[] one = new byte[1];
    private byte[] kept = new byte[2 * TAIL_BYTES];
    private int start;
    private int end;

    /** Offset in the file of what is at {@link #end}. */
    private long offset;

    /** Offset in the file of the first byte that must be kept; -1 if the tail is enough. */
    private long heldFrom = -1;

    RecentBytes(String part, OpenFile file) {
        this.part = part;
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = file.read(into, from, length);
        if (count > 0) {
            keep(into, from, count);
        }
        return count;
    }

    /** The mark of the file, of the bytes up to an offset. */
    FileMark mark(long upTo) {
        return file.mark(upTo);
    }

    /** Keeps what was read from that offset on, until it is released. */
    void hold(long from) {
        heldFrom = from;
        int held = position(from);
        if (held < start || held > end) {
            throw new AssertionError("the parser is further behind than it can be");
        }
        start = held;
    }

    /** The bytes between the offset that was held and another. */
    byte[] release(long to) {
        byte[] bytes = Arrays.copyOfRange(kept, position(heldFrom), position(to));
        heldFrom = -1;
        return bytes;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private int position(long at) {
        return Math.toIntExact(end - (offset - at));
    }

    private void keep(byte[] from, int at, int count) throws IOException {
        if (heldFrom < 0) {
            start = Math.max(start, end - TAIL_BYTES);
        }
        int length = end - start;
        if (length > HELD_BYTES_MAX - count) {
            throw new IOException(
                    "input file '"
                            + part
                            + "' has an element of more than "
                            + HELD_BYTES_MAX
                            + " bytes; check the pointer, which names the way to the array, or"
                            + " split the file");
        }
        if (kept.length - end < count) {
            byte[] wider = length + count > kept.length / 2 ? new byte[2 * (length + count)] : kept;
            System.arraycopy(kept, start, wider, 0, length);
            kept = wider;
            start = 0;
            end = length;
        }
        System.arraycopy(from, at, kept, end, count);
        end += count;
        offset += count;
    }
}
