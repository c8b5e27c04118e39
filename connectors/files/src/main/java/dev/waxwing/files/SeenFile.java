package dev.waxwing.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/**
 * A file as it was found.
 *
 * @param key see {@link FileMark}
 * @param changed when it was changed last
 */
record SeenFile(String name, Path path, String key, FileTime changed, Compression compression) {

    /** How often files are looked at anew that are renamed meanwhile. */
    static final int LOOKS_MAX = 5;

    /** Adds a file, unless it has gone. */
    static void add(List<SeenFile> files, String name, Path path, Compression compression)
            throws IOException {
        try {
            files.add(of(name, path, compression));
        } catch (NoSuchFileException e) {
            // it has another name now
        }
    }

    static SeenFile of(String name, Path path, Compression compression) throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
        return new SeenFile(name, path, key(found), found.lastModifiedTime(), compression);
    }

    /** The key of a file; empty if it has none, or if there is no file. */
    static String keyOf(Path path) throws IOException {
        try {
            return key(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static String key(BasicFileAttributes found) {
        return found.fileKey() == null ? "" : found.fileKey().toString();
    }

    /** Whether its path still leads to it, as far as that can be told. */
    boolean isThere() throws IOException {
        return Files.exists(path) && keyOf(path).equals(key);
    }

    /** The part of the name that programs that rotate logs keep. */
    String stem() {
        return RotatedName.of(name).stem();
    }

    /**
     * Whether a file that has the key of one that was read is that file, and not one that was given
     * the key when the other was removed.
     */
    boolean is(ReadFile read) throws IOException {
        RotatedName before = RotatedName.of(read.name());
        RotatedName now = RotatedName.of(name);
        boolean isOfOtherName = !before.mayBecome(now);
        boolean isOfOtherDate = isOfOtherName && before.stem().equals(now.stem());
        boolean isOfOtherTime = !changed.toInstant().equals(read.changed());
        boolean isAnother =
                isOfOtherName && isOfOtherTime && (isOfOtherDate || !mayHoldMoreThan(read));
        return holds(read) && !isAnother;
    }

    /** When the file that has the path now was changed last. */
    Instant changedNow() throws IOException {
        return Files.getLastModifiedTime(path).toInstant();
    }

    /** Whether it is as long as what was read, at least, and begins like it. */
    boolean holds(ReadFile read) throws IOException {
        try (OpenFile file = open()) {
            return (!file.isPlain() || file.size() >= read.offset()) && file.begins(read.mark());
        }
    }

    /** Whether there may be something behind what was read of it. */
    boolean mayHoldMoreThan(ReadFile read) throws IOException {
        if (read.growth() == ReadFile.Growth.NONE) {
            return false;
        }
        try (OpenFile file = open()) {
            return !file.isPlain() || file.size() > read.offset();
        }
    }

    /** How it can grow when it has been read to its end. */
    ReadFile.Growth growth() throws IOException {
        try (OpenFile file = open()) {
            return file.isPlain() ? ReadFile.Growth.POSSIBLE : ReadFile.Growth.NONE;
        }
    }

    private OpenFile open() throws IOException {
        return OpenFile.open(name, path, compression);
    }
}
