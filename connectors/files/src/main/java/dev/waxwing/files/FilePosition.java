package dev.waxwing.files;

/**
 * Where the next line of a file begins.
 *
 * @param file name of the source partition: the path as it was given, or relative to the directory
 * @param offset in bytes from the start of the file, after decompression
 * @param line how many lines are before it
 */
public record FilePosition(String file, long offset, long line) {

    public FilePosition {
        if (offset < 0 || line < 0) {
            throw new IllegalArgumentException(
                    "position in file '"
                            + file
                            + "': offset and line must be 0 or more, but were "
                            + offset
                            + " and "
                            + line);
        }
    }
}
