package dev.waxwing.recovery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** Makes and opens files of stores, and refuses those that are not fit for use. */
final class StoreOpening {

    /*
     * A file is made under another name and renamed when it is complete, so a file of the right
     * name that is empty or has no tables was damaged and is never mistaken for a new one.
     *
     * The file is only ever opened through SQLite: opening it otherwise within this process and
     * closing it again would drop SQLite's own locks.
     */

    private static final int BUSY_MILLIS = 5_000;
    private static final int WAL_BYTES_KEPT = 64 << 20;

    private StoreOpening() {}

    /** Sees to it that the directory exists and can be used. */
    static void prepare(Path directory) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new RecoveryException(
                    StoreFile.describe(directory)
                            + " must be a directory, but is a file; give another path");
        }
        Files.createDirectories(directory);
        if (!Files.isWritable(directory)) {
            throw new RecoveryException(
                    StoreFile.describe(directory)
                            + " cannot be written to; give this user the right to write there, or"
                            + " use another directory");
        }
    }

    /** Opens the store in a directory for writing and makes it if there is none. */
    static StoreFile openOrMake(Path directory, String dataflowName)
            throws IOException, SQLException {
        if (!exists(directory)) {
            make(directory, dataflowName);
        }
        StoreFile file = connect(directory, new SQLiteConfig());
        try {
            check(file);
            checkDataflow(file, dataflowName);
            file.run("PRAGMA journal_mode=WAL");
            file.run("PRAGMA wal_autocheckpoint=0");
            file.run("PRAGMA journal_size_limit=" + WAL_BYTES_KEPT);
            file.run("PRAGMA cache_size=-16384");
            return file;
        } catch (SQLException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Opens the store in a directory for reading, next to an execution that may be writing. */
    static StoreFile openForReading(Path directory) throws SQLException {
        if (!Files.isDirectory(directory) || !exists(directory)) {
            throw new RecoveryException(
                    "there is no recovery store in "
                            + directory
                            + "; give the directory that an"
                            + " execution was started with");
        }
        StoreFile file = connectForReading(directory);
        try {
            check(file);
            return file;
        } catch (SQLException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** One of the texts that were written when the store was made. */
    static String meta(StoreFile file, String name) throws SQLException {
        StringBuilder value = new StringBuilder();
        file.query(
                "SELECT name, value FROM meta",
                row -> value.append(row.getString(1).equals(name) ? row.getString(2) : ""));
        if (value.length() == 0) {
            throw new RecoveryException(
                    file.description()
                            + " does not tell its "
                            + name
                            + "; it is damaged, restore"
                            + " the directory from a copy");
        }
        return value.toString();
    }

    private static boolean exists(Path directory) {
        if (Files.exists(directory.resolve(StoreFormat.FILE))) {
            return true;
        }
        Path log = directory.resolve(StoreFormat.FILE + "-wal");
        if (Files.exists(log)) {
            throw new RecoveryException(
                    StoreFile.describe(directory)
                            + " has a file "
                            + log.getFileName()
                            + " but no "
                            + StoreFormat.FILE
                            + ", to which it belongs; put the"
                            + " missing file back, or use another directory");
        }
        return false;
    }

    private static void make(Path directory, String dataflowName) throws IOException, SQLException {
        Path making = directory.resolve(StoreFormat.FILE_BEING_MADE);
        Files.deleteIfExists(making);
        try (Connection connection =
                JDBC.createConnection("jdbc:sqlite:" + making, new Properties())) {
            StoreFile file = new StoreFile(directory, connection);
            file.run("PRAGMA page_size=" + StoreFormat.FILE_PAGE_BYTES);
            file.run("PRAGMA auto_vacuum=INCREMENTAL");
            file.durably(
                    "making it",
                    () -> {
                        file.run("PRAGMA application_id=" + StoreFormat.APPLICATION_ID);
                        file.run("PRAGMA user_version=" + StoreFormat.VERSION);
                        for (String table : StoreFormat.TABLES) {
                            file.run(table);
                        }
                        writeMeta(file, "dataflow", dataflowName);
                        writeMeta(file, "lineage", UUID.randomUUID().toString());
                    });
            file.run("PRAGMA journal_mode=WAL");
        }
        Files.move(making, directory.resolve(StoreFormat.FILE), StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(directory);
    }

    private static void writeMeta(StoreFile file, String name, String value) throws SQLException {
        PreparedStatement statement = file.prepare("INSERT INTO meta(name, value) VALUES(?, ?)");
        statement.setString(1, name);
        statement.setString(2, value);
        statement.executeUpdate();
    }

    private static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notOnThisSystem) {
            // Windows cannot open directories; its renames are durable by the file system's log
        }
    }

    private static StoreFile connect(Path directory, SQLiteConfig config) throws SQLException {
        config.setBusyTimeout(BUSY_MILLIS);
        Path path = directory.resolve(StoreFormat.FILE);
        return new StoreFile(directory, config.createConnection("jdbc:sqlite:" + path));
    }

    private static StoreFile connectForReading(Path directory) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        boolean isUntouchable =
                !Files.isWritable(directory)
                        && !Files.exists(directory.resolve(StoreFormat.FILE + "-wal"));
        if (!isUntouchable) {
            return connect(directory, config);
        }
        String uri = directory.resolve(StoreFormat.FILE).toUri().getRawPath();
        return new StoreFile(
                directory, config.createConnection("jdbc:sqlite:file:" + uri + "?immutable=1"));
    }

    private static void check(StoreFile file) throws SQLException {
        long application = file.number("PRAGMA application_id");
        if (application != StoreFormat.APPLICATION_ID) {
            throw new RecoveryException(
                    file.description()
                            + ": its "
                            + StoreFormat.FILE
                            + " is damaged, or is no"
                            + " recovery store; it was not changed, restore it from a copy, or use"
                            + " another directory");
        }
        long version = file.number("PRAGMA user_version");
        if (version != StoreFormat.VERSION) {
            throw new RecoveryException(
                    file.description()
                            + " has format "
                            + version
                            + ", but this version of Waxwing"
                            + " reads format "
                            + StoreFormat.VERSION
                            + "; use the version of"
                            + " Waxwing that wrote it, or another directory");
        }
    }

    private static void checkDataflow(StoreFile file, String dataflowName) throws SQLException {
        String owner = meta(file, "dataflow");
        if (!owner.equals(dataflowName)) {
            throw new RecoveryException(
                    file.description()
                            + " belongs to dataflow '"
                            + owner
                            + "', but '"
                            + dataflowName
                            + "' was started; give each dataflow a directory of its own");
        }
    }
}
