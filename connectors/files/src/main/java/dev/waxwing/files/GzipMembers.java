package dev.waxwing.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What is packed in the members of a gzip file, one after the other. Only zeros may follow the last
 * one: whatever else is damaged, cut or foreign is an error that names its offset in the file, as a
 * file that ends early must not look like a whole one. Confined to the thread of its partition.
 */
final class GzipMembers extends InputStream {

    private static final int BLOCK_BYTES = 1 << 16;
    private static final int DEFLATE = 8;
    private static final int HAS_CHECKSUM = 1 << 1;
    private static final int HAS_EXTRA = 1 << 2;
    private static final int HAS_NAME = 1 << 3;
    private static final int HAS_COMMENT = 1 << 4;
    private static final int RESERVED = 0xe0;

    private final InputStream packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final CRC32 headerChecksum = new CRC32();
    private final byte[] block = new byte[BLOCK_BYTES];
    private int start;
    private int end;

    /** Offset in the file of the block's end. */
    private long endOffset;

    private long memberOffset = -1;
    private boolean isInMember;
    private boolean hasEnded;

    GzipMembers(InputStream packed) {
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!hasEnded) {
            if (!isInMember) {
                beginMember();
                continue;
            }
            int count = inflate(into, from, length);
            if (count > 0) {
                checksum.update(into, from, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw damaged("it asks for a dictionary, which gzip does not have");
            } else if (inflater.needsInput()) {
                give();
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        packed.close();
    }

    private int inflate(byte[] into, int from, int length) throws IOException {
        try {
            return inflater.inflate(into, from, length);
        } catch (DataFormatException e) {
            start = end - inflater.getRemaining();
            throw damaged(e.getMessage() == null ? "its data is no deflate" : e.getMessage());
        }
    }

    private void give() throws IOException {
        start = end;
        if (!fill()) {
            throw cut("data");
        }
        inflater.setInput(block, start, end - start);
    }

    /** Goes to the data of the next member, or to the end of the file. */
    private void beginMember() throws IOException {
        int first = next();
        if (memberOffset >= 0 && first <= 0) {
            requireNothingBehindZeros(first);
            hasEnded = true;
            return;
        }
        long offset = offset() - 1;
        int second = first == 0x1f ? next() : 0;
        if (second < 0) {
            memberOffset = offset;
            throw cut("header");
        }
        if (second != 0x8b) {
            throw new IOException(
                    "at byte "
                            + offset
                            + " of the packed file no gzip member begins; only zeros may follow the"
                            + " last one");
        }
        memberOffset = offset;
        readHeader();
        inflater.reset();
        inflater.setInput(block, start, end - start);
        checksum.reset();
        isInMember = true;
    }

    private void requireNothingBehindZeros(int first) throws IOException {
        int value = first;
        while (value == 0) {
            value = next();
        }
        if (value > 0) {
            throw new IOException(
                    "at byte "
                            + (offset() - 1)
                            + " of the packed file there is more behind the zeros that follow the"
                            + " last gzip member");
        }
    }

    private void readHeader() throws IOException {
        headerChecksum.reset();
        headerChecksum.update(0x1f);
        headerChecksum.update(0x8b);
        int method = header();
        if (method != DEFLATE) {
            throw damaged("its method is " + method + ", not deflate");
        }
        int flags = header();
        if ((flags & RESERVED) != 0) {
            throw damaged("its header has flags that are reserved");
        }
        skipHeader(6);
        if ((flags & HAS_EXTRA) != 0) {
            skipHeader(header() | header() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_CHECKSUM) != 0) {
            int expected = (int) headerChecksum.getValue() & 0xffff;
            if ((header() | header() << 8) != expected) {
                throw damaged("its header has another checksum");
            }
        }
    }

    private void endMember() throws IOException {
        start = end - inflater.getRemaining();
        long written = inflater.getBytesWritten() & 0xffff_ffffL;
        if (littleEndian() != checksum.getValue()) {
            throw damaged("what it holds has another checksum");
        }
        if (littleEndian() != written) {
            throw damaged("it holds more or fewer bytes than it says");
        }
        isInMember = false;
    }

    private long littleEndian() throws IOException {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value |= (long) required("trailer") << (8 * i);
        }
        return value;
    }

    private int header() throws IOException {
        int value = required("header");
        headerChecksum.update(value);
        return value;
    }

    private void skipHeader(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            header();
        }
    }

    private void skipText() throws IOException {
        while (header() != 0) {
            // a text ends with a zero
        }
    }

    private int required(String what) throws IOException {
        int value = next();
        if (value < 0) {
            throw cut(what);
        }
        return value;
    }

    /** The next byte of the file, or -1 at its end. */
    private int next() throws IOException {
        if (start == end && !fill()) {
            return -1;
        }
        return block[start++] & 0xff;
    }

    private boolean fill() throws IOException {
        int count = packed.read(block, 0, block.length);
        start = 0;
        end = Math.max(count, 0);
        endOffset += end;
        return count > 0;
    }

    /** Offset in the file of the byte that is next. */
    private long offset() {
        return endOffset - (end - start);
    }

    private IOException damaged(@Nullable String how) {
        return new IOException(
                "the gzip member at byte "
                        + memberOffset
                        + " is damaged before byte "
                        + offset()
                        + " of the packed file: "
                        + how);
    }

    private IOException cut(String what) {
        return new EOFException(
                "the packed file ends at byte "
                        + endOffset
                        + ", in the "
                        + what
                        + " of the gzip member at byte "
                        + memberOffset);
    }
}
