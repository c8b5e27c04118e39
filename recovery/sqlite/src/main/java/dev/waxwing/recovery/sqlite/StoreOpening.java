package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.store.FaultHook;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.run.FileAccess;
import dev.waxwing.run.file.OwnFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** Makes and opens files of stores, and refuses those that are not fit for use. */
final class StoreOpening {

    /*
     * Whoever makes a store may be stopped at any point and go on when another one has made it and uses it. So nothing
     * is ever put in the place of something else: the mark is made first, empty, if it is not there; then the
     * file, by one transaction of SQLite's, which does nothing if there are tables. A file without tables is
     * taken for one in the making only beside an empty mark, which gets its content before anything is decided; without
     * a mark, or with one that has content, it is damaged.
     *
     * What is there is read through a connection that cannot write, before one is opened that can: the latter
     * would copy a log into the file when it is closed, also one that does not belong to it.
     *
     * The file is only ever opened through SQLite: opening it otherwise within this process and
     * closing it again would drop SQLite's own locks.
     */

    private static final int BUSY_MILLIS = 5_000;

    /** How short a transaction may make the log. */
    static final int WAL_BYTES_KEPT = 64 << 20;

    private final Path directory;
    private final String dataflowName;
    private final @Nullable String formerName;
    private final FileAccess access;
    private final StoreLock lock;
    private final FaultHook faults;

    /**
     * @param dataflowName to which the store is to belong
     * @param lock on the directory
     */
    StoreOpening(
            Path directory,
            String dataflowName,
            StoreOptions options,
            StoreLock lock,
            FaultHook faults) {
        this.directory = directory;
        this.dataflowName = dataflowName;
        this.formerName = options.formerName();
        this.access = options.access();
        this.lock = lock;
        this.faults = faults;
    }

    /** Lets a generation begin with the file that was opened. */
    StoreContents begin(OwnGeneration generation) throws IOException {
        StoreContents contents = generation.begin(dataflowName, StoreMark.read(directory), faults);
        faults.at("open.done");
        return contents;
    }

    /** Sees to it that the directory exists and can be used; returns whether it was made. */
    static boolean prepare(Path directory, FileAccess access) throws IOException {
        SqliteDriver.require();
        boolean exists = Files.exists(directory);
        if (exists && !Files.isDirectory(directory)) {
            throw noDirectory(directory);
        }
        Directories.make(directory, access);
        if (!Files.isWritable(directory)) {
            throw new RecoveryException(
                    StoreFile.describe(directory)
                            + " cannot be written to; give this user the right to write there, or"
                            + " use another directory");
        }
        StoreAccess.refuseOthers(directory);
        return !exists;
    }

    /** What is thrown when the directory is none. */
    static RecoveryException noDirectory(Path directory) {
        return new RecoveryException(
                StoreFile.describe(directory)
                        + " must be a directory, but is a file; give another path");
    }

    /** What is thrown when the directory cannot be used. */
    static RecoveryException unusable(Path directory, IOException e) {
        return RecoveryException.passing(
                StoreFile.describe(directory)
                        + " cannot be opened; check that the path and the disk can be used"
                        + " ("
                        + e
                        + ")",
                e);
    }

    /** Opens the store in a directory for writing and makes it if there is none. */
    StoreFile openOrMake() throws IOException, SQLException {
        faults.at("open.begun");
        StoreMark.Point marked = StoreMark.read(directory);
        boolean mayBeMade = marked.number() == 0 && !marked.equals(StoreMark.Point.NONE);
        if (exists(directory)) {
            mayBeMade = mayBeMade && hasNoTables();
            if (!mayBeMade) {
                verify(marked);
            }
        } else if (marked.number() > 0) {
            throw lost(directory, StoreFormat.MARK);
        } else {
            StoreMark.announce(directory, access);
            faults.at("open.announced");
            mayBeMade = true;
        }
        faults.at("open.verified");
        if (mayBeMade) {
            OwnFiles.make(directory.resolve(StoreFormat.FILE), access);
        }
        StoreFile file = connect(directory, new SQLiteConfig());
        try {
            if (mayBeMade) {
                make(file);
            }
            check(file);
            file.run("PRAGMA journal_mode=WAL");
            file.run("PRAGMA wal_autocheckpoint=0");
            file.run("PRAGMA journal_size_limit=" + WAL_BYTES_KEPT);
            file.run("PRAGMA cache_size=-16384");
            faults.at("open.connected");
            return file;
        } catch (SQLException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /** Opens the store in a directory for reading, next to an execution that may be writing. */
    static StoreFile openForReading(Path directory) throws SQLException {
        boolean isClosed =
                Files.isDirectory(directory)
                        && !(Files.isReadable(directory) && Files.isExecutable(directory));
        if (isClosed) {
            throw new RecoveryException(
                    StoreFile.describe(directory)
                            + " may not be read by this user; read it as the user that the"
                            + " execution runs as, for whom alone it was made");
        }
        StoreAccess.refuseOthers(directory);
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
        } catch (SQLException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static boolean exists(Path directory) {
        if (Files.exists(directory.resolve(StoreFormat.FILE))) {
            return true;
        }
        if (Files.exists(directory.resolve(StoreFormat.LOG))) {
            throw lost(directory, StoreFormat.LOG);
        }
        return false;
    }

    private static RecoveryException lost(Path directory, String remains) {
        return new RecoveryException(
                StoreFile.describe(directory)
                        + " has a file "
                        + remains
                        + " but no "
                        + StoreFormat.FILE
                        + ", to which it belongs; put the missing file back, use another"
                        + " directory, or start over by 'waxwing recovery reset'");
    }

    private boolean hasNoTables() {
        try (StoreFile file = connectForReading(directory)) {
            return file.number("SELECT count(*) FROM sqlite_master") == 0;
        } catch (SQLException halfMade) {
            return true;
        }
    }

    /* What costs as much as reading all of the file once; the rest is read again when it is locked. */
    private void verify(StoreMark.Point marked) throws SQLException {
        try (StoreFile file = openForReading(directory)) {
            file.reading(
                    "checking it",
                    () -> {
                        checkStructure(file);
                        StoreContents contents = StoreContents.read(file, marked);
                        checkDataflow(file, contents.dataflowName(), dataflowName, formerName);
                    });
        }
    }

    /** Throws if SQLite finds the file to be damaged, which would grow with each write. */
    static void checkStructure(StoreFile file) throws SQLException {
        file.query(
                "PRAGMA quick_check(1)",
                row -> {
                    if (!"ok".equals(row.getString(1))) {
                        throw StoreContents.damaged(
                                file, "says SQLite's check: " + row.getString(1));
                    }
                });
    }

    private void make(StoreFile file) throws SQLException {
        layOut(file);
        file.run("PRAGMA journal_mode=WAL");
        faults.at("make.begun");
        file.durably(
                "making it",
                () -> {
                    faults.at("make.locked");
                    lock.confirm();
                    if (file.number("SELECT count(*) FROM sqlite_master") == 0) {
                        identify(file);
                        for (String table : StoreFormat.tables()) {
                            file.run(table);
                        }
                        StoreSeal seal = file.seal();
                        seal.insert(StoreTable.META, "dataflow", dataflowName);
                        seal.insert(StoreTable.META, "lineage", UUID.randomUUID().toString());
                    }
                });
        Directories.force(directory);
        faults.at("make.committed");
    }

    private static void layOut(StoreFile file) throws SQLException {
        file.run("PRAGMA page_size=" + StoreFormat.FILE_PAGE_BYTES);
        file.run("PRAGMA auto_vacuum=INCREMENTAL");
    }

    private static void identify(StoreFile file) throws SQLException {
        file.run("PRAGMA application_id=" + StoreFormat.APPLICATION_ID);
        file.run("PRAGMA user_version=" + StoreFormat.VERSION);
    }

    /** Makes a file without tables, for a copy of a store. */
    static StoreFile makeEmpty(Path directory) throws SQLException {
        StoreFile file = connect(directory, new SQLiteConfig());
        try {
            layOut(file);
            identify(file);
            return file;
        } catch (SQLException | RuntimeException | Error e) {
            file.close();
            throw e;
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
                !Files.isWritable(directory) && !Files.exists(directory.resolve(StoreFormat.LOG));
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

    /** Throws if the store belongs to another dataflow. */
    static void checkDataflow(
            StoreFile file, String owner, String dataflowName, @Nullable String formerName) {
        if (!owner.equals(dataflowName) && !owner.equals(formerName)) {
            throw new RecoveryException(
                    file.description()
                            + " belongs to dataflow '"
                            + owner
                            + "', but '"
                            + dataflowName
                            + "' was started; give each dataflow a directory of its own, or say"
                            + " formerly(\""
                            + owner
                            + "\") of the dataflow if it was renamed");
        }
    }
}
