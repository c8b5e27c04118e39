package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.run.file.WatchedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that make up an open store: notices when one of them is deleted, replaced or truncated.
 * Confined to one thread at a time.
 */
final class StoreWatch {

    /*
     * SQLite goes on with a file that has lost its name, or has become shorter, as long as what it needs is in its cache:
     * an execution would decide epochs into nothing until it ends. So each transaction looks first, and the
     * coordinator does when there is none.
     *
     * The main file changes its length only when the log is copied back; the log gets no shorter but by a
     * transaction of our own, which leaves what SQLite is told to keep. One that is truncated while a transaction writes
     * to it gets its length back, with a hole in front (LogEnd). Opening the log drops no lock of SQLite's, as it has
     * none on it; the main file is not to be opened.
     *
     * SQLite has the index mapped. If that is truncated, whoever touches what is missing ends the process, and with
     * what is left of it the log would be copied back wrongly; at the latest when the store is closed. So it gets
     * its length back at once, and a beginning of zeros, by which SQLite knows that it has to be made anew from the log.
     */

    /** What an index begins with that says whether it is one. */
    private static final int INDEX_HEADER_BYTES = 136;

    private final Path directory;
    private final Map<String, WatchedFile> files = new HashMap<>();
    private @Nullable LogEnd logEnd;

    /** What was found to be lost is not there again because the file has been written since. */
    private @Nullable String found;

    StoreWatch(Path directory) throws IOException {
        this.directory = directory;
        for (String name : StoreFormat.WATCHED) {
            try {
                files.put(name, WatchedFile.of(directory.resolve(name)));
            } catch (NoSuchFileException e) {
                /* Where files cannot be mapped, as on some that are mounted, SQLite keeps no log. */
                if (!name.equals(StoreFormat.LOG) && !name.equals(StoreFormat.INDEX)) {
                    throw lost(name, "was deleted or moved away");
                }
            }
        }
        if (files.containsKey(StoreFormat.LOG)) {
            logEnd = LogEnd.of(directory.resolve(StoreFormat.LOG));
        }
    }

    /**
     * A transaction was written.
     *
     * @throws RecoveryException if a file was truncated meanwhile, so that it may be lost again
     */
    void written() {
        checkLength(StoreFormat.INDEX, Long.MAX_VALUE);
        checkLength(StoreFormat.LOG, StoreOpening.WAL_BYTES_KEPT);
        resized(StoreFormat.LOG);
        resized(StoreFormat.INDEX);
        checkLogEnd();
    }

    /** The log was copied back. */
    void copiedBack() {
        resized(StoreFormat.FILE);
        written();
    }

    /**
     * Compares all files with what was written.
     *
     * @throws RecoveryException if one is not what it was
     */
    void check() {
        if (found != null) {
            throw new RecoveryException(found);
        }
        for (String name : StoreFormat.WATCHED) {
            check(name);
        }
        if (files.containsKey(StoreFormat.LOG)) {
            checkLog();
        }
    }

    private void check(String name) {
        try {
            WatchedFile file = files.get(name);
            String loss = file == null ? null : file.loss();
            if (file != null && loss != null) {
                RecoveryException lost = lost(name, loss);
                if (name.equals(StoreFormat.INDEX)) {
                    giveLengthBack(file);
                }
                throw lost;
            }
        } catch (IOException e) {
            throw StoreOpening.unusable(directory, e);
        }
    }

    /* By a transaction, down to so many bytes. */
    private void checkLength(String name, long leastBytes) {
        WatchedFile file = files.get(name);
        if (file == null) {
            return;
        }
        files.put(
                name, new WatchedFile(file.path(), file.key(), Math.min(file.bytes(), leastBytes)));
        check(name);
    }

    private void checkLog() {
        try {
            if (!LogEnd.beginsAsLog(directory.resolve(StoreFormat.LOG))) {
                throw lost(StoreFormat.LOG, "was truncated: it does not begin as a log any more");
            }
        } catch (NoSuchFileException e) {
            throw lost(StoreFormat.LOG, "was deleted or moved away");
        } catch (IOException e) {
            throw StoreOpening.unusable(directory, e);
        }
    }

    private void checkLogEnd() {
        if (logEnd == null) {
            return;
        }
        try {
            logEnd = logEnd.next(directory.resolve(StoreFormat.LOG));
        } catch (IOException e) {
            throw StoreOpening.unusable(directory, e);
        }
        if (logEnd == null) {
            throw lost(
                    StoreFormat.LOG,
                    "was truncated while it was written to: what it had before is missing");
        }
    }

    /* Opening it drops locks of SQLite's, which matters no more: nothing but closing comes after this. */
    private static void giveLengthBack(WatchedFile index) throws IOException {
        try {
            WatchedFile now = WatchedFile.of(index.path());
            if (!Objects.equals(now.key(), index.key()) || now.bytes() >= index.bytes()) {
                return;
            }
        } catch (NoSuchFileException whatIsMappedIsThere) {
            return;
        }
        try (FileChannel channel =
                FileChannel.open(
                        index.path(),
                        Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            channel.write(ByteBuffer.allocate(1), index.bytes() - 1);
            channel.write(ByteBuffer.allocate(INDEX_HEADER_BYTES), 0);
        }
    }

    private void resized(String name) {
        files.computeIfPresent(
                name,
                (same, file) -> {
                    try {
                        return file.resized();
                    } catch (IOException seenByTheNextCheck) {
                        return file;
                    }
                });
    }

    private RecoveryException lost(String name, String how) {
        RecoveryException lost = lost(StoreFile.describe(directory), directory.resolve(name), how);
        found = lost.getMessage();
        return lost;
    }

    /** What is thrown when a file of a store in use is not what it was. */
    static RecoveryException lost(String whose, Path file, String how) {
        return new RecoveryException(
                whose
                        + ": file '"
                        + file
                        + "', which an execution has in use, must stay as it is, but "
                        + how
                        + "; nothing more is decided. Put back what is missing, or restore the"
                        + " whole directory from a copy, before you start again; and keep programs"
                        + " that rotate or clean files away from it");
    }
}
