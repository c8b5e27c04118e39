package dev.waxwing.files;

/**
 * What a file is known by, whatever it is called now.
 *
 * @param key the file system's own name of the file, such as device and inode; empty if it has none
 * @param bytes how many bytes of its beginning the checksum is of, unpacked, at most {@value #MAX}
 * @param crc32c CRC-32C of these
 */
record FileMark(String key, int bytes, long crc32c) {

    /** Most bytes of a beginning. */
    static final int MAX = 4_096;

    /** That of a file of which nothing is known. */
    static final FileMark NONE = new FileMark("", 0, 0);

    public FileMark {
        if (bytes < 0 || bytes > MAX) {
            throw new IllegalArgumentException(
                    "bytes must be between 0 and " + MAX + ", but was " + bytes);
        }
    }

    boolean hasKey(String other) {
        return !key.isEmpty() && key.equals(other);
    }
}
