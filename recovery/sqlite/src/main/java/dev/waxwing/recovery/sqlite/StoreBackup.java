package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.store.FaultHook;
import dev.waxwing.recovery.store.StoreReader;
import dev.waxwing.run.FileAccess;
import dev.waxwing.run.file.OwnFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A copy of a store as it was at a moment, made while an execution may be using the store, and
 * checked. Its files are for their owner alone, whoever may read those of the store.
 *
 * @param decidedEpoch the newest decided epoch that it has; 0 if there is none
 * @param doneEpoch the newest epoch that it knows to be done; 0 if there is none
 * @param segments how many outboxes it has
 */
public record StoreBackup(long decidedEpoch, long doneEpoch, int segments) {

    /*
     * A transaction that reads sees the file as of its beginning, whatever is decided meanwhile. Outboxes are files
     * beside it, and go when their epoch is done. Nothing that the transaction sees to be needed is deleted before
     * another transaction has changed the file. So all outboxes are opened, and then the file is looked at again: if
     * nothing has changed since the transaction began, all that it needs is open, and stays readable though it be
     * deleted. If something has, another one begins. That takes no lock, and the execution waits for nothing.
     *
     * Rows are copied as they are, what they add up to included, so whoever opens the copy compares it as if it were the
     * store. The mark comes last: a file without one is refused.
     *
     * Rejected: copying the files, of which each would be of another moment; SQLite's own backup, which begins again
     * whenever the execution writes, and knows nothing of outboxes; VACUUM INTO, which cannot be told which moment to copy.
     */

    private static final int ATTEMPTS_MAX = 100;

    /**
     * Copies a store.
     *
     * @param directory of the store, which may be in use; nothing in it is changed
     * @param target a directory that is empty or missing; if this fails, what is in it is no store
     * @throws RecoveryException if there is no store, it is damaged, the target is not empty, or
     *     reading or writing fails
     */
    public static StoreBackup take(Path directory, Path target) {
        return take(directory, target, FaultHook.NONE);
    }

    /**
     * Copies it as above.
     *
     * @param faults is told of each point at which an execution may come between
     */
    static StoreBackup take(Path directory, Path target, FaultHook faults) {
        Objects.requireNonNull(target, "target");
        try {
            prepare(directory, target);
            for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
                try (StoreFile file = StoreOpening.openForReading(directory);
                        OpenSegments segments = new OpenSegments()) {
                    StoreMark.Point marked = StoreMark.read(directory);
                    file.run("BEGIN");
                    long number = file.number(StoreSeal.NUMBER);
                    faults.at("backup.begun");
                    segments.openAll(directory.resolve(StoreFormat.SEGMENTS));
                    faults.at("backup.opened");
                    if (number == newest(directory)) {
                        faults.at("backup.sure");
                        return copy(file, marked, segments, target, faults);
                    }
                }
            }
            throw new RecoveryException(
                    StoreFile.describe(directory)
                            + " was written to each of the "
                            + ATTEMPTS_MAX
                            + " times that its outboxes were opened; take the backup again when"
                            + " less is written, or with longer epochs");
        } catch (IOException e) {
            throw RecoveryException.passing(
                    StoreFile.describe(directory)
                            + " could not be copied to "
                            + target
                            + "; it was not changed, delete the copy, check path and space, and try"
                            + " again ("
                            + e
                            + ")",
                    e);
        } catch (SQLException e) {
            throw StoreFile.explain(directory, "copying it to " + target, e);
        }
    }

    private static void prepare(Path directory, Path target) throws IOException, SQLException {
        if (Files.exists(target) && !isEmptyDirectory(target)) {
            throw new RecoveryException(
                    "the backup of "
                            + StoreFile.describe(directory)
                            + " must go to a directory that is empty or missing, but "
                            + target
                            + " is neither; give another one");
        }
        StoreOpening.openForReading(directory).close();
        StoreOpening.prepare(target, FileAccess.OWNER);
    }

    private static boolean isEmptyDirectory(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            return false;
        }
        try (Stream<Path> all = Files.list(target)) {
            return all.findAny().isEmpty();
        }
    }

    private static long newest(Path directory) throws SQLException {
        try (StoreFile now = StoreOpening.openForReading(directory)) {
            return now.number(StoreSeal.NUMBER);
        }
    }

    private static StoreBackup copy(
            StoreFile file,
            StoreMark.Point marked,
            OpenSegments segments,
            Path target,
            FaultHook faults)
            throws IOException, SQLException {
        StoreContents contents = StoreContents.read(file, marked);
        segments.copyTo(target.resolve(StoreFormat.SEGMENTS));
        StoreMark.announce(target, FileAccess.OWNER);
        OwnFiles.make(target.resolve(StoreFormat.FILE), FileAccess.OWNER);
        try (StoreFile copy = StoreOpening.makeEmpty(target)) {
            copy.durably("making the copy", () -> copyRows(file, copy));
        }
        Directories.force(target);
        faults.at("backup.copied");
        try (StoreMark mark = StoreMark.open(target, 0)) {
            mark.fill(contents.point());
        }
        check(file, target);
        return new StoreBackup(
                contents.history().decided(), contents.history().done(), segments.count());
    }

    private static void copyRows(StoreFile file, StoreFile copy) throws SQLException {
        for (String table : StoreFormat.tables()) {
            copy.run(table);
        }
        for (String table : StoreFormat.tableNames()) {
            file.query(
                    "SELECT * FROM " + table,
                    row -> {
                        int columns = row.getMetaData().getColumnCount();
                        Object[] fields = new Object[columns];
                        for (int i = 0; i < columns; i++) {
                            fields[i] = row.getObject(i + 1);
                        }
                        insert(copy, table, fields);
                    });
        }
    }

    private static void insert(StoreFile copy, String table, Object[] row) throws SQLException {
        String places = "?, ".repeat(row.length - 1) + "?";
        PreparedStatement statement =
                copy.prepare("INSERT INTO " + table + " VALUES(" + places + ")");
        for (int i = 0; i < row.length; i++) {
            statement.setObject(i + 1, row[i]);
        }
        statement.executeUpdate();
    }

    /* Also what only a restore would read, while the store is there to make another one. */
    private static void check(StoreFile file, Path target) throws IOException {
        List<String> problems;
        try (StoreReader reader = SqliteStoreReader.open(target)) {
            problems = reader.check();
        }
        if (!problems.isEmpty()) {
            StoreMark.delete(target);
            throw new RecoveryException(
                    "the copy of "
                            + file.description()
                            + " in "
                            + target
                            + " is damaged, and so is the store, or the disk of the copy; check the"
                            + " store, delete the copy and try again: "
                            + String.join("; ", problems));
        }
    }
}
