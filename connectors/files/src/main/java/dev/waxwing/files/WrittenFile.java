package dev.waxwing.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
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
 * @param links whether links lead to it
 */
record WrittenFile(Path path, @Nullable Object key, List<LinkOption> links) {

    /** A file of the user's, which a link may lead to. */
    static WrittenFile of(Path path) throws IOException {
        return of(path, List.of());
    }

    /**
     * A hidden file, which is there itself.
     *
     * @throws IOException also if something else has its name already
     */
    static WrittenFile hidden(Path path) throws IOException {
        WrittenFile file = of(path, List.of(LinkOption.NOFOLLOW_LINKS));
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("hidden file '" + path + "' was replaced by what is no file");
        }
        return file;
    }

    private static WrittenFile of(Path path, List<LinkOption> links) throws IOException {
        return new WrittenFile(path, attributes(path, links).fileKey(), links);
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
            now = attributes(path, links);
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

    private static BasicFileAttributes attributes(Path path, List<LinkOption> links)
            throws IOException {
        return Files.readAttributes(
                path, BasicFileAttributes.class, links.toArray(LinkOption[]::new));
    }
}
