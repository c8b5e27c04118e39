package dev.waxwing.recovery.segment;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.ByteInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads the entries of a segment by their places, a chunk at a time. Confined to one thread at a
 * time; fastest in order.
 */
public final class SegmentReader implements AutoCloseable {

    private final SegmentRef ref;
    private final SegmentFile file;
    private final List<Chunk> chunks = new ArrayList<>();
    private int loaded = -1;
    private byte[] content = new byte[0];
    private final ByteInput input = new ByteInput(content);
    private long nextItem;
    private int entryOffset;
    private int entryLength;

    private record Chunk(long offset, int bytes, long firstItem, int items, int checksum) {}

    private SegmentReader(SegmentRef ref, SegmentFile file) {
        this.ref = ref;
        this.file = file;
    }

    /**
     * Reads the headers of a segment.
     *
     * @param file closed with the reader, or when this fails
     * @throws RecoveryException if it is not what the reference says
     */
    public static SegmentReader of(SegmentRef ref, SegmentFile file) {
        SegmentReader reader = new SegmentReader(ref, file);
        try {
            reader.readHeaders();
            return reader;
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** How many entries there are. */
    public long items() {
        return ref.items();
    }

    /**
     * Reads everything once.
     *
     * @throws RecoveryException if something is not as it was written
     */
    public void check() {
        for (int i = 0; i < chunks.size(); i++) {
            load(i);
        }
    }

    /**
     * Goes to an entry.
     *
     * @param item its place, from 0
     */
    public void seek(long item) {
        if (item < 0 || item >= ref.items()) {
            throw new IndexOutOfBoundsException(item + " of " + ref.items());
        }
        int wanted = loaded;
        if (wanted < 0 || !has(chunks.get(wanted), item)) {
            wanted =
                    wanted + 1 < chunks.size() && has(chunks.get(wanted + 1), item)
                            ? wanted + 1
                            : find(item);
            load(wanted);
        } else if (item < nextItem) {
            rewind(chunks.get(wanted));
        }
        while (nextItem <= item) {
            entryLength = input.readLength();
            entryOffset = input.position();
            input.skip(entryLength);
            nextItem++;
        }
    }

    /** The array in which the entry is; valid until the next {@link #seek}. */
    public byte[] data() {
        return content;
    }

    /** Where the entry begins. */
    public int offset() {
        return entryOffset;
    }

    /** How long the entry is. */
    public int length() {
        return entryLength;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void readHeaders() {
        try {
            if (file.size() != ref.bytes()) {
                throw damaged("has " + file.size() + " bytes instead of " + ref.bytes());
            }
            CRC32C headers = new CRC32C();
            ByteBuffer header = ByteBuffer.allocate(SegmentWriter.HEADER_BYTES);
            long offset = 0;
            long items = 0;
            while (offset < ref.bytes()) {
                if (ref.bytes() - offset < SegmentWriter.HEADER_BYTES) {
                    throw damaged("ends in the middle of a chunk");
                }
                header.clear();
                file.read(offset, header);
                headers.update(header.array());
                int bytes = header.getInt(0);
                int count = header.getInt(4);
                offset += SegmentWriter.HEADER_BYTES;
                if (bytes < 0 || count < 1 || bytes > ref.bytes() - offset) {
                    throw damaged("has a chunk that cannot be");
                }
                chunks.add(new Chunk(offset, bytes, items, count, header.getInt(8)));
                offset += bytes;
                items += count;
            }
            if (items != ref.items() || headers.getValue() != ref.checksum()) {
                throw damaged("has other chunks than were written");
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static boolean has(Chunk chunk, long item) {
        return item >= chunk.firstItem && item < chunk.firstItem + chunk.items;
    }

    private int find(long item) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (chunks.get(middle).firstItem <= item) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private void load(int index) {
        Chunk chunk = chunks.get(index);
        byte[] bytes = new byte[chunk.bytes];
        try {
            file.read(chunk.offset, ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw unreadable(e);
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        if ((int) checksum.getValue() != chunk.checksum) {
            throw damaged("has a chunk whose checksum is wrong, at byte " + chunk.offset);
        }
        content = bytes;
        loaded = index;
        rewind(chunk);
    }

    private void rewind(Chunk chunk) {
        input.reset(content, 0, chunk.bytes);
        nextItem = chunk.firstItem;
    }

    private RecoveryException damaged(String how) {
        return damaged(ref, how);
    }

    /**
     * What a store throws of a segment that is not as its reference says.
     *
     * @param how that goes on from its name, such as {@code is missing}
     */
    public static RecoveryException damaged(SegmentRef ref, String how) {
        return new RecoveryException(
                "segment '"
                        + ref.name()
                        + "' of the recovery store, which holds decided items that were not yet"
                        + " committed, "
                        + how
                        + "; restore the directory of the store from a copy, or replay from an older"
                        + " epoch");
    }

    private RecoveryException unreadable(IOException e) {
        return new RecoveryException(
                "segment '"
                        + ref.name()
                        + "' of the recovery store cannot be read; check the disk and start again ("
                        + e
                        + ")",
                e);
    }
}
