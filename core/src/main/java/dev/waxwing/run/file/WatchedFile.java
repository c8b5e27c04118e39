package dev.waxwing.run.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is in use, as it was when it was written last: finds what others have done to it.
 * Immutable.
 *
 * <p>Where files have no keys, as on Windows, one that was replaced by another is known by its
 * length only.
 *
 * @param path that it was opened by
 * @param key the file system's own name of it, such as device and inode; null if it has none
 * @param bytes how long it was
 * @param isLinked whether a link may lead to it, as to a file that the user has named
 */
public record WatchedFile(Path path, @Nullable Object key, long bytes, boolean isLinked) {

    private static final LinkOption[] LINKS_FOLLOWED = {};
    private static final LinkOption[] NO_LINKS = {LinkOption.NOFOLLOW_LINKS};

    /** A file that no link leads to. */
    public WatchedFile(Path path, @Nullable Object key, long bytes) {
        this(path, key, bytes, false);
    }

    /**
     * Returns the file as it is now; a link in its place is taken for the file.
     *
     * @throws IOException if there is none, or it cannot be looked at
     */
    public static WatchedFile of(Path path) throws IOException {
        BasicFileAttributes now = attributes(path, false);
        return new WatchedFile(path, now.fileKey(), now.size(), false);
    }

    /**
     * Returns the file as it is now, at the end of the links that lead to it.
     *
     * @throws IOException if there is none, or it cannot be looked at
     */
    public static WatchedFile ofLinked(Path path) throws IOException {
        BasicFileAttributes now = attributes(path, true);
        return new WatchedFile(path, now.fileKey(), now.size(), true);
    }

    /**
     * Returns the file with the length that it has now, or this if another is in its place.
     *
     * @throws IOException if there is none, or it cannot be looked at
     */
    public WatchedFile resized() throws IOException {
        BasicFileAttributes now = attributes(path, isLinked);
        return Objects.equals(now.fileKey(), key)
                ? new WatchedFile(path, key, now.size(), isLinked)
                : this;
    }

    /** Returns {@link #loss(long)} by the length that it had. */
    public @Nullable String loss() throws IOException {
        return loss(bytes);
    }

    /**
     * Returns what others have done to it, in words that follow its name; null if it is there and
     * not shorter.
     *
     * @param least how many bytes were written to it
     * @throws IOException if it cannot be looked at
     */
    public @Nullable String loss(long least) throws IOException {
        BasicFileAttributes now;
        try {
            now = attributes(path, isLinked);
        } catch (NoSuchFileException e) {
            return "was deleted or moved away";
        }
        if (!Objects.equals(now.fileKey(), key)) {
            return "was replaced by another file";
        }
        return now.size() < least
                ? "was truncated: it had " + least + " bytes and now has " + now.size()
                : null;
    }

    private static BasicFileAttributes attributes(Path path, boolean isLinked) throws IOException {
        return Files.readAttributes(
                path, BasicFileAttributes.class, isLinked ? LINKS_FOLLOWED : NO_LINKS);
    }
}
