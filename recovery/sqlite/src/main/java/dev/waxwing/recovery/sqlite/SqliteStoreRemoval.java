package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.recovery.store.StoreReader;
import dev.waxwing.recovery.store.StoreRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds the directory of a store by its lock, if there is one in it. */
final class SqliteStoreRemoval implements StoreRemoval {

    private final Path directory;
    private final @Nullable StoreLock lock;

    private SqliteStoreRemoval(Path directory, @Nullable StoreLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    static SqliteStoreRemoval hold(
            Path directory, String dataflowName, @Nullable String formerName) {
        Objects.requireNonNull(dataflowName, "dataflowName");
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw StoreOpening.noDirectory(directory);
        }
        if (!StoreFormat.isIn(directory)) {
            return new SqliteStoreRemoval(directory, null);
        }
        try {
            SqliteStoreRemoval held =
                    new SqliteStoreRemoval(
                            directory, StoreLock.take(directory, StoreOptions.defaults()));
            try {
                held.checkDataflow(dataflowName, formerName);
                return held;
            } catch (RuntimeException e) {
                held.close();
                throw e;
            }
        } catch (IOException e) {
            throw StoreOpening.unusable(directory, e);
        }
    }

    @Override
    public boolean isNeeded() {
        return lock != null;
    }

    @Override
    public <R> @Nullable R read(Function<StoreReader, @Nullable R> question) {
        SqliteStoreReader reader = lock == null ? null : open();
        if (reader == null) {
            return null;
        }
        try (reader) {
            return question.apply(reader);
        }
    }

    @Override
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

    private void checkDataflow(String name, @Nullable String formerName) {
        SqliteStoreReader reader = open();
        if (reader != null) {
            try (reader) {
                reader.checkDataflow(name, formerName);
            }
        }
    }

    /* What is damaged is removed all the same. */
    private @Nullable SqliteStoreReader open() {
        try {
            return SqliteStoreReader.open(directory);
        } catch (RecoveryException unreadable) {
            return null;
        }
    }
}
