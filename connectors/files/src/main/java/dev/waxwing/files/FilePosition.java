package dev.waxwing.files;

import java.util.List;

/**
 * Where the next line of a partition begins.
 *
 * @param file name of the source partition: the path as it was given, or relative to the directory
 * @param offset in bytes from the start of the file, after decompression
 * @param line how many lines are before it
 * @param mark what the file is known by
 * @param others of a partition that reads several files in order, those that have been read and are
 *     still there; else empty
 */
@SuppressWarnings("exports")
public record FilePosition(
        String file, long offset, long line, FileMark mark, List<ReadFile> others) {

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
        others = List.copyOf(others);
    }

    /** Of a file of which nothing is known. */
    FilePosition(String file, long offset, long line) {
        this(file, offset, line, FileMark.NONE, List.of());
    }
}
