package dev.waxwing.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A directory of a recovery store that is held in order to remove the store: no execution begins
 * with it meanwhile. Works for a store that is damaged, half removed or not there, too. Confined to
 * one thread.
 */
public final class StoreRemoval implements AutoCloseable {

    private final Path directory;
    private final @Nullable StoreLock lock;

    private StoreRemoval(Path directory, @Nullable StoreLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Holds the store of a directory.
     *
     * @throws RecoveryException if an execution uses it, it belongs to another dataflow, or the
     *     directory cannot be used
     */
    public static StoreRemoval hold(
            Path directory, String dataflowName, @Nullable String formerName) {
        Objects.requireNonNull(dataflowName, "dataflowName");
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw StoreOpening.noDirectory(directory);
        }
        if (!StoreFormat.isIn(directory)) {
            return new StoreRemoval(directory, null);
        }
        try {
            StoreRemoval held =
                    new StoreRemoval(directory, StoreLock.take(directory, StoreOptions.defaults()));
            try {
                held.read(
                        reader -> {
                            reader.checkDataflow(dataflowName, formerName);
                            return true;
                        });
                return held;
            } catch (RuntimeException e) {
                held.close();
                throw e;
            }
        } catch (IOException e) {
            throw StoreOpening.unusable(directory, e);
        }
    }

    /** Whether there is anything to remove. */
    public boolean isNeeded() {
        return lock != null;
    }

    /** Reads the store; null if it is not there, or cannot be read. */
    public <R> @Nullable R read(Function<StoreReader, @Nullable R> question) {
        if (lock == null) {
            return null;
        }
        StoreReader reader;
        try {
            reader = StoreReader.open(directory);
        } catch (RecoveryException unreadable) {
            return null;
        }
        try (reader) {
            return question.apply(reader);
        }
    }

    /** Removes the store; other files of the directory stay. */
    public void run() {
        if (lock == null) {
            return;
        }
        try {
            StoreFormat.delete(directory);
        } catch (IOException e) {
            throw RecoveryException.passing(
                    StoreFile.describe(directory)
                            + " cannot be removed: "
                            + e
                            + "; let this user remove files there, and start over again",
                    e);
        }
    }

    @Override
    public void close() {
        if (lock != null) {
            lock.close();
        }
    }
}
