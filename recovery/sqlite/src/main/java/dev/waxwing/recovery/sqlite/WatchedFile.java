package dev.waxwing.recovery.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is in use, as it was when it was written last. Immutable.
 *
 * @param path where it is
 * @param key the file system's own name of it, such as device and inode; null if it has none
 * @param bytes how long it was
 */
record WatchedFile(Path path, @Nullable Object key, long bytes) {

    static WatchedFile of(Path path) throws IOException {
        BasicFileAttributes now = attributes(path);
        return new WatchedFile(path, now.fileKey(), now.size());
    }

    /** The same file, as long as it is now if it still is the same. */
    WatchedFile resized() throws IOException {
        BasicFileAttributes now = attributes(path);
        return Objects.equals(now.fileKey(), key) ? new WatchedFile(path, key, now.size()) : this;
    }

    /** What has become of it, in words; null if it is there and no shorter. */
    @Nullable String loss() throws IOException {
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
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
