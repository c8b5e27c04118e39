package dev.waxwing.files;

import dev.waxwing.run.FileAccess;
import dev.waxwing.run.file.OwnFiles;
import dev.waxwing.sink.FencedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Words for what can be wrong with a file that is to be written. */
final class AppendTarget {

    /** Kinds of hidden files beside one that is replaced by a copy. */
    static final String COPYING = "copying";

    static final String COPY = "copy";

    private AppendTarget() {}

    /** Checks what can be known without opening the file. */
    static void requireWritable(Path file) throws IOException {
        requireDirectory(directoryOf(file), "directory of output file '" + file + "'");
        if (Files.isDirectory(file)) {
            throw new IOException(
                    "output file '"
                            + file
                            + "' is a directory; name a file in it, or use appendTo(directory,"
                            + " parts)");
        }
        if (Files.exists(file)) {
            if (!Files.isRegularFile(file)) {
                throw new IOException(
                        "output file '"
                                + file
                                + "' is not a regular file, so writing cannot return to a position;"
                                + " name another, or print to StandardStreams.out()");
            }
            if (!Files.isWritable(file)) {
                throw readOnly(file, null);
            }
        } else if (!Files.isWritable(directoryOf(file))) {
            throw readOnly(file, null);
        }
    }

    static void requireDirectory(Path directory, String subject) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(
                    subject + ", '" + directory + "', does not exist; make it before the start");
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException(
                    subject + ", '" + directory + "', is not a directory; choose another path");
        }
    }

    static Path directoryOf(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        return directory == null ? file.toAbsolutePath() : directory;
    }

    /** Opens the file for reading and writing, and makes it if it is not there. */
    static FileChannel open(Path file) throws IOException {
        try {
            return FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (AccessDeniedException e) {
            throw readOnly(file, e);
        } catch (IOException e) {
            throw new IOException(
                    "output file '"
                            + file
                            + "' cannot be opened or made: "
                            + e.getMessage()
                            + "; check that files can be made in its directory",
                    e);
        }
    }

    /**
     * Puts a copy in the place of the file, so that whoever has the file open writes to what nobody
     * sees any more. In a directory in which no file can be made the file stays.
     *
     * @param open the file; is closed
     * @param mark knows whether this execution was taken over itself
     * @return the copy, open as {@link #open} does
     */
    static FileChannel replaceByCopy(Path file, FileChannel open, DecidedMark mark)
            throws IOException, FencedException {
        Path real = file.toRealPath();
        if (!Files.isWritable(directoryOf(real))) {
            return open;
        }
        /*
         * One that is stopped before it puts its copy there would replace a later one's file when it wakes up. So it
         * holds a lock from before the check until after: a later one, which has taken over before it asks for the
         * lock, either finds it taken, or is seen by the check.
         */
        try (FileChannel lock =
                OwnFiles.open(
                        HiddenFiles.beside(real, COPYING),
                        FileAccess.OWNER,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            if (!isLocked(lock)) {
                throw new IOException(
                        "output file '"
                                + file
                                + "' is being replaced by a copy by another execution, which takes"
                                + " over just now; wait for it, or end that process, and start"
                                + " again");
            }
            mark.checkNotTakenOver();
            return replaceByCopy(file, real, open);
        }
    }

    private static FileChannel replaceByCopy(Path file, Path real, FileChannel open)
            throws IOException {
        Path copy = HiddenFiles.beside(real, COPY);
        try (open) {
            Files.copy(
                    real,
                    copy,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
            FileChannel channel =
                    OwnFiles.open(
                            copy,
                            FileAccess.OWNER,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            try {
                channel.force(true);
                Files.move(
                        copy,
                        real,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                HiddenFiles.forceDirectory(directoryOf(real));
                return channel;
            } catch (IOException | RuntimeException | Error e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IOException(
                    "output file '"
                            + file
                            + "' may be written to by an execution that was taken over, and cannot"
                            + " be replaced by a copy: "
                            + e
                            + "; make room, or let this user make files in its directory",
                    e);
        }
    }

    /**
     * Keeps other executions that are alive from writing to an open file, until it is closed; where
     * the file system has no locks, nothing does. Where locks are POSIX's, a process loses its own
     * when anything in it opens and closes the file: then the hidden file beside it, which is
     * looked at before each decision, is what keeps the second execution's epochs apart from the
     * first's.
     *
     * @throws IOException if another one has it
     */
    static void keepForOne(Path file, FileChannel open) throws IOException {
        if (!isLocked(open)) {
            throw new IOException(
                    "output file '"
                            + file
                            + "' is being written to by another execution, over a copy of the"
                            + " recovery store or over another one; stop one of the two, or give"
                            + " each a file of its own");
        }
    }

    /**
     * Checks that no other execution that is alive writes to a file, as {@link #keepForOne} does.
     */
    static void requireFree(Path file) throws IOException {
        try (FileChannel open = open(file)) {
            keepForOne(file, open);
        }
    }

    /* Whether this process has the lock now, or there are none. */
    private static boolean isLocked(FileChannel file) {
        try {
            /* Behind whatever is in the file: some systems keep readers from what is locked. */
            return file.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        } catch (IOException | UnsupportedOperationException noLocks) {
            return true;
        }
    }

    private static IOException readOnly(Path file, @Nullable Throwable cause) {
        return new IOException(
                "output file '"
                        + file
                        + "' may not be written or made by this user; change the permissions of the"
                        + " file or its directory, or the path",
                cause);
    }
}
