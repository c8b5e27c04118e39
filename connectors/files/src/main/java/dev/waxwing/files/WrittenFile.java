package dev.waxwing.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being written, as the file system knows it: tells what others have done to it.
 * Immutable.
 *
 * <p>Where files have no keys, as on Windows, one that was replaced by another is known by its
 * length only.
 *
 * @param path that it was opened by
 * @param key the file system's own name of the file, such as device and inode; null if it has none
 */
record WrittenFile(Path path, @Nullable Object key) {

    static WrittenFile of(Path path) throws IOException {
        return new WrittenFile(path, attributes(path).fileKey());
    }

    /**
     * What others have done to it, in words; null if it is there and no shorter than it was
     * written.
     *
     * @param bytes how many were written
     */
    @Nullable String damage(long bytes) throws IOException {
        BasicFileAttributes now;
        try {
            now = attributes(path);
        } catch (NoSuchFileException e) {
            return "was deleted or moved away";
        }
        if (!Objects.equals(now.fileKey(), key)) {
            return "was replaced by another file";
        }
        return now.size() < bytes
                ? "was truncated: it had " + bytes + " bytes and now has " + now.size()
                : null;
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }
}
