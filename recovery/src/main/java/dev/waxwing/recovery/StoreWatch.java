package dev.waxwing.recovery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

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
     * transaction of our own. One that is truncated while a transaction writes to it gets its length back, with a hole in
     * front: then its first bytes are no longer those of a log. Opening the log drops no lock of SQLite's, as it has
     * none on it; the main file is not to be opened.
     */

    private static final int LOG_MAGIC = 0x377f0682;

    private final Path directory;
    private final Map<String, WatchedFile> files = new HashMap<>();

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
    }

    /** A transaction was written. */
    void written() {
        resized(StoreFormat.LOG);
        resized(StoreFormat.INDEX);
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
        files.forEach(
                (name, file) -> {
                    try {
                        String loss = file.loss();
                        if (loss != null) {
                            throw lost(name, loss);
                        }
                    } catch (IOException e) {
                        throw StoreOpening.unusable(directory, e);
                    }
                });
        if (files.containsKey(StoreFormat.LOG)) {
            checkLog();
        }
    }

    private void checkLog() {
        ByteBuffer magic = ByteBuffer.allocate(Integer.BYTES);
        try (FileChannel log =
                FileChannel.open(
                        directory.resolve(StoreFormat.LOG),
                        Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            log.read(magic, 0);
        } catch (NoSuchFileException e) {
            throw lost(StoreFormat.LOG, "was deleted or moved away");
        } catch (IOException e) {
            throw StoreOpening.unusable(directory, e);
        }
        boolean isLog = !magic.hasRemaining() && (magic.getInt(0) & ~1) == LOG_MAGIC;
        if (!isLog) {
            throw lost(StoreFormat.LOG, "was truncated: it does not begin as a log any more");
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
        return lost(StoreFile.describe(directory), directory.resolve(name), how);
    }

    /** What is thrown when a file of a store in use is not what it was. */
    static RecoveryException lost(String whose, Path file, String how) {
        return new RecoveryException(
                whose
                        + ": file '"
                        + file
                        + "', which an execution has in use, must stay as it is, but "
                        + how
                        + "; nothing more is decided. Put back what is missing, or restore the whole"
                        + " directory from a copy, before you start again; and keep programs that"
                        + " rotate or clean files away from it");
    }
}
