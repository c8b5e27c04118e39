package dev.waxwing.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
     * What was rotated while nobody looked is beside the file: after an execution has ended, or twice between two looks. So
     * the file that was left is found again by what it is known by, and those rotated after it are read before the one that
     * has the name. When a file was truncated, its rest may be in a copy.
     *
     * A truncated file that has grown past the position again between two looks begins otherwise than before.
     */

    private static final System.Logger LOG = System.getLogger(Tail.class.getName());

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
    private final RotatedFiles rotated;
    private String key = "";

    /** The file that is read has another name, for good. */
    private boolean isRotated;

    private long replacedAtOffset = -1;

    Tail(String part, Path path, FollowOptions options) {
        this.part = part;
        this.path = path;
        this.options = options;
        this.rotated = new RotatedFiles(part, path, Compression.AUTO);
    }

    /** Opens a file by its name. */
    @FunctionalInterface
    interface Opener {
        ResumedFile open() throws IOException;
    }

    /** Opens the file that a position is in, or the one that has the name. */
    ResumedFile begin(ReadOptions reading, @Nullable FilePosition resume) throws IOException {
        if (resume == null || resume.mark().equals(FileMark.NONE)) {
            return open(() -> ResumedFile.open(part, path, reading, resume));
        }
        FileErrors.requireReadable(path, resume);
        if (!rotated.hasLeft(resume)) {
            return open(() -> ResumedFile.open(part, path, reading, resume));
        }
        if (options.onTruncation() == OnTruncation.FAIL) {
            throw FileErrors.changed(part, "byte " + resume.offset());
        }
        SeenFile left = rotated.find(resume);
        if (left != null) {
            return openRotated(left, reading, resume);
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "input file ''{0}'' was read up to byte {1} and is another now; what may have been"
                        + " written behind that is not found beside it",
                part,
                Long.toString(resume.offset()));
        return open(() -> ResumedFile.open(part, path, reading, null));
    }

    /** Opens what comes after a file that is left; null if there is nothing yet. */
    @Nullable ResumedFile openNext(Sight sight, ResumedFile left, ReadOptions reading)
            throws IOException {
        FilePosition here = left.position();
        if (sight == Sight.REPLACED) {
            SeenFile after = rotated.after(here);
            if (after != null) {
                return openRotated(after, reading, null);
            }
        } else {
            SeenFile copy = rotated.newestCopy(here);
            if (copy != null) {
                return openRotated(copy, reading, here);
            }
        }
        return reopen(() -> ResumedFile.open(part, path, reading, null));
    }

    private ResumedFile openRotated(
            SeenFile file, ReadOptions reading, @Nullable FilePosition resume) throws IOException {
        ReadOptions toTheEnd = reading.withFollow(null);
        String text = PathText.of(file.path());
        String name = text == null ? part : text;
        ResumedFile opened = ResumedFile.open(part, name, file.path(), toTheEnd, resume);
        isRotated = true;
        replacedAtOffset = -1;
        return opened;
    }

    /** Opens the file that is looked after from now on. */
    ResumedFile open(Opener opener) throws IOException {
        while (true) {
            String before = SeenFile.keyOf(path);
            ResumedFile opened = opener.open();
            try {
                String after = SeenFile.keyOf(path);
                if (before.equals(after)) {
                    key = after;
                    isRotated = false;
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
            if (!Files.exists(path)) {
                return null;
            }
            throw e;
        }
    }

    Instant nextLook() throws Exception {
        return options.clock().get().plus(options.pollInterval());
    }

    /**
     * Whether a file that has been waited for was truncated and written anew, as long as before or
     * longer.
     *
     * @throws IOException if it was, and must not be
     */
    boolean isWrittenAnew(ResumedFile file) throws IOException {
        boolean isLong = file.file().isPlain() && file.file().size() >= file.readOffset();
        if (!isLong || file.file().beginsAsBefore()) {
            return false;
        }
        if (options.onTruncation() == OnTruncation.FAIL) {
            throw FileErrors.changed(part, "byte " + file.readOffset());
        }
        return true;
    }

    Sight onEnd(ResumedFile file) throws IOException {
        long size = file.file().size();
        if (file.file().isPlain() && size < file.readOffset()) {
            if (options.onTruncation() == OnTruncation.FAIL) {
                throw FileErrors.beyondEnd(part, file.readOffset(), size + " bytes");
            }
            return Sight.TRUNCATED;
        }
        if (!isReplaced()) {
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

    private boolean isReplaced() throws IOException {
        String keyNow = SeenFile.keyOf(path);
        return isRotated ? Files.exists(path) : !keyNow.isEmpty() && !keyNow.equals(key);
    }
}
