package dev.waxwing.files;

import java.util.zip.CRC32C;

/** The first bytes of a file, unpacked, as far as they have been seen; and its key. */
final class Beginning {

    private final String key;
    private final byte[] bytes = new byte[FileMark.MAX];
    private int length;

    Beginning(String key) {
        this.key = key;
    }

    /** The number of bytes that have been seen. */
    int length() {
        return length;
    }

    /** A byte of those that have been seen. */
    int at(int index) {
        return bytes[index] & 0xff;
    }

    /** Takes what was read at an offset, as far as it belongs to the beginning and is new. */
    void see(byte[] from, int start, int count, long offset) {
        if (offset > length || length == bytes.length) {
            return;
        }
        int known = length - (int) offset;
        int fresh = Math.min(count - known, bytes.length - length);
        if (fresh > 0) {
            System.arraycopy(from, start + known, bytes, length, fresh);
            length += fresh;
        }
    }

    /** The mark of the file if so many bytes of it have been read. */
    FileMark mark(long offset) {
        int count = (int) Math.min(offset, length);
        return new FileMark(key, count, crc32c(count));
    }

    /** Whether the file begins as one that was marked. */
    boolean matches(FileMark mark) {
        return mark.bytes() <= length && crc32c(mark.bytes()) == mark.crc32c();
    }

    private long crc32c(int count) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, count);
        return checksum.getValue();
    }
}
