package dev.waxwing.files;

import java.time.Instant;
import java.util.List;

/**
 * A file that was read as one of several of its partition.
 *
 * @param name as its path was then, within the directory
 * @param offset up to which it was read, in bytes, after decompression
 * @param line how many lines are before it
 * @param mark what it is known by
 * @param growth whether there may be more behind the offset one day
 * @param changed when it was changed last, as it was when its end had been read
 */
record ReadFile(
        String name, long offset, long line, FileMark mark, Growth growth, Instant changed) {

    /** Whether a file may grow. */
    public enum Growth {
        /** A plain file, which may be appended to. */
        POSSIBLE,
        /** A packed file that was read to its end. */
        NONE
    }

    /** The same, as it is called now. */
    ReadFile as(String newName, String newKey) {
        FileMark renamed = new FileMark(newKey, mark.bytes(), mark.crc32c());
        return new ReadFile(newName, offset, line, renamed, growth, changed);
    }

    /** Where to read on, as a position in a file of that name. */
    FilePosition position(String as) {
        return new FilePosition(as, offset, line, mark, List.of());
    }
}
