package dev.waxwing.files;

/**
 * How far a file has been written, and what the bytes up to there are.
 *
 * @param bytes from the start of the file
 * @param crc32c CRC-32C of these bytes
 */
record AppendPosition(long bytes, long crc32c) {

    public AppendPosition {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must be 0 or more, but was " + bytes);
        }
    }
}
