package dev.waxwing.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the end of a file that is followed: whether to wait, or whether the file was
 * truncated or replaced. Confined to the thread of its partition.
 */
final class Tail {

    /*
     * A file is replaced when its path leads to a file of another key (an inode number). Whoever
     * rotates logs renames first and tells the writer then, so the old file may still grow for a
     * moment: it is left only when a second look, a poll interval later, has found it at its end
     * again. While no file has the name, there is nothing to go on to, and the old one is kept.
     *
     * A rotation may come between the look at the key and the opening of the file: the key is that of the open file
     * only if it is the same before and after.
     *
     * A truncated file that has grown past the position again between two looks, and one truncated
     * and rewritten with equal line ends, cannot be told from a file that just grew.
     */

    /** What to do at the end of the file. */
    enum Sight {
        WAIT,
        /** The old file was read to its end and left: go on with the one that has its name. */
        REPLACED,
        /** The same file is shorter than what was read: what is in memory is gone. */
        TRUNCATED
    }

    private final String part;
    private final Path path;
    private final FollowOptions options;
    private @Nullable Object key;
    private long replacedAtOffset = -1;

    Tail(String part, Path path, FollowOptions options) {
        this.part = part;
        this.path = path;
        this.options = options;
    }

    /** Opens a file by its name. */
    @FunctionalInterface
    interface Opener {
        ResumedFile open() throws IOException;
    }

    /** Opens the file that is looked after from now on. */
    ResumedFile open(Opener opener) throws IOException {
        while (true) {
            Object before = keyNow();
            ResumedFile opened = opener.open();
            try {
                Object after = keyNow();
                if (Objects.equals(before, after)) {
                    key = after;
                    replacedAtOffset = -1;
                    return opened;
                }
            } catch (Throwable e) {
                opened.close();
                throw e;
            }
            opened.close();
        }
    }

    /** Opens the file that has the name now, as {@link #open}; null if none has it any more. */
    @Nullable ResumedFile reopen(Opener opener) throws IOException {
        try {
            return open(opener);
        } catch (IOException e) {
            if (keyNow() == null) {
                return null;
            }
            throw e;
        }
    }

    Instant nextLook() throws Exception {
        return options.clock().get().plus(options.pollInterval());
    }

    Sight onEnd(ResumedFile file) throws IOException {
        long size = file.file().size();
        if (size < file.readOffset()) {
            if (options.onTruncation() == OnTruncation.FAIL) {
                throw FileErrors.beyondEnd(part, file.readOffset(), size + " bytes");
            }
            return Sight.TRUNCATED;
        }
        Object keyNow = keyNow();
        if (keyNow == null || keyNow.equals(key)) {
            replacedAtOffset = -1;
            return Sight.WAIT;
        }
        if (replacedAtOffset != file.readOffset()) {
            replacedAtOffset = file.readOffset();
            return Sight.WAIT;
        }
        if (options.onTruncation() == OnTruncation.FAIL) {
            throw new IOException(
                    "input file '"
                            + part
                            + "' was replaced by another while it was followed; all "
                            + file.readOffset()
                            + " bytes of the old one were read. Use FollowOptions.withOnTruncation("
                            + "OnTruncation.RESTART) to go on with the new one");
        }
        return Sight.REPLACED;
    }

    /** Null if no file has the name now, or if the file system gives files no keys. */
    private @Nullable Object keyNow() throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
