package dev.waxwing.recovery.segment;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.ByteOutput;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * Appends entries to a segment, a chunk at a time. Confined to one thread at a time; holds a chunk
 * in memory.
 */
public final class SegmentWriter implements AutoCloseable {

    /*
     * A chunk is its header (bytes of content, entries, CRC of the content) and its content. The reference
     * has the CRC of all headers, so that a chunk of another segment is not taken for one of this.
     */
    static final int HEADER_BYTES = 12;

    /** A chunk is written when it has so many bytes. */
    public static final int CHUNK_BYTES = 64 << 10;

    private final String name;
    private final SegmentFile file;
    private final CRC32C headers = new CRC32C();
    private final ByteOutput chunk = new ByteOutput();
    private final ByteOutput framed = new ByteOutput();
    private int chunkItems;
    private long items;
    private long bytes;

    /**
     * For an empty segment.
     *
     * @param file closed with the writer
     */
    public SegmentWriter(String name, SegmentFile file) {
        this.name = name;
        this.file = file;
    }

    /** How many entries have been added. */
    public long items() {
        return items;
    }

    /** Adds an entry; a full chunk is written. */
    public void add(ByteOutput entry) {
        chunk.writeVarInt(entry.size());
        chunk.write(entry.array(), 0, entry.size());
        chunkItems++;
        items++;
        if (chunk.size() >= CHUNK_BYTES) {
            writeChunk();
        }
    }

    /** Writes what is left and makes all of it durable; nothing can be added after. */
    public SegmentRef finish() {
        if (chunkItems > 0) {
            writeChunk();
        }
        try {
            file.force();
        } catch (IOException e) {
            throw failed("forced", e);
        }
        return new SegmentRef(name, bytes, items, headers.getValue());
    }

    /** Releases the file; what was not finished is not deleted. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failed("closed", e);
        }
    }

    private void writeChunk() {
        CRC32C content = new CRC32C();
        content.update(chunk.array(), 0, chunk.size());
        framed.reset();
        framed.writeInt(chunk.size());
        framed.writeInt(chunkItems);
        framed.writeInt((int) content.getValue());
        headers.update(framed.array(), 0, HEADER_BYTES);
        framed.write(chunk.array(), 0, chunk.size());
        try {
            file.append(framed.array(), framed.size());
        } catch (IOException e) {
            throw failed("written", e);
        }
        bytes += framed.size();
        chunk.reset();
        chunkItems = 0;
    }

    private RecoveryException failed(String what, IOException e) {
        return new RecoveryException(
                "segment '"
                        + name
                        + "' of the recovery store cannot be "
                        + what
                        + "; what was decided before is intact, check the disk and start again ("
                        + e
                        + ")",
                e);
    }
}
