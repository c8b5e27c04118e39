package dev.waxwing.recovery.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a segment, wherever they are. Confined to one thread at a time. */
public interface SegmentFile extends Closeable {

    /** Adds bytes at the end. */
    void append(byte[] bytes, int length) throws IOException;

    /** Makes all that was appended durable, and that there is such a segment. */
    void force() throws IOException;

    /** How many bytes there are. */
    long size() throws IOException;

    /** Fills the buffer; fails if there are not so many bytes. */
    void read(long offset, ByteBuffer into) throws IOException;
}
