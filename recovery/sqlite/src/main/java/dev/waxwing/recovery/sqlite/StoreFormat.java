package dev.waxwing.recovery.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The layout of a store's file: what identifies it, and its tables. */
final class StoreFormat {

    /*
     * page is append-only for decide: an epoch adds rows, compaction rewrites or deletes rows in
     * place, and the order of ids, of which none is given twice, is the order in which pages count. Everything up to
     * state.base_page is disjoint in keys and without removals. A rewind is a range of epochs whose
     * pages count no more. No index but the primary keys: what has to be found is known in memory.
     * The row of seal says what all other rows add up to.
     */

    static final String FILE = "recovery.sqlite";
    static final String LOG = "recovery.sqlite-wal";
    static final String INDEX = "recovery.sqlite-shm";
    static final String JOURNAL = "recovery.sqlite-journal";
    static final String MARK = "recovery.mark";
    static final String LOCK = "lock";
    static final String LOCK_BEING_MADE = "lock.new";
    static final String SEGMENTS = "segments";

    /** All that may be in the directory of a store. */
    static final List<String> NAMES =
            List.of(FILE, LOG, INDEX, JOURNAL, MARK, LOCK, LOCK_BEING_MADE, SEGMENTS);

    /**
     * What is there as long as the store is open, besides the lock; first what has to be mended
     * when something is lost.
     */
    static final List<String> WATCHED = List.of(INDEX, FILE, LOG, MARK);

    /** "WxRS"; tells the file from other SQLite files. */
    static final int APPLICATION_ID = 0x57785253;

    /** Raised with every change of the tables or of the encoding of pages and values. */
    static final int VERSION = 3;

    static final int FILE_PAGE_BYTES = 8192;

    private static final String PAGES =
            "CREATE TABLE page(id INTEGER PRIMARY KEY, epoch INTEGER NOT NULL,"
                    + " state INTEGER NOT NULL, key_schema INTEGER NOT NULL,"
                    + " value_schema INTEGER NOT NULL, entries INTEGER NOT NULL,"
                    + " crc INTEGER NOT NULL, data BLOB NOT NULL)";

    private static final String SEAL =
            "CREATE TABLE seal(id INTEGER PRIMARY KEY, number INTEGER NOT NULL,"
                    + " next_page INTEGER NOT NULL, row_count INTEGER NOT NULL,"
                    + " total INTEGER NOT NULL, own INTEGER NOT NULL)";

    private StoreFormat() {}

    /** Whether a directory has a store, or something of one. */
    static boolean isIn(Path directory) {
        return Stream.of(FILE, LOG, MARK, SEGMENTS)
                .anyMatch(name -> Files.exists(directory.resolve(name)));
    }

    /**
     * Deletes the files of a store, whichever are there; whoever is stopped in the middle leaves
     * what no execution takes for a store.
     *
     * @param directory whose lock is held and whose file is closed
     */
    static void delete(Path directory) throws IOException {
        for (String name : List.of(FILE, LOG, INDEX, JOURNAL)) {
            Files.deleteIfExists(directory.resolve(name));
        }
        Path segments = directory.resolve(SEGMENTS);
        if (Files.isDirectory(segments)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(segments)) {
                for (Path each : all) {
                    Files.delete(each);
                }
            }
            Files.delete(segments);
        }
        Files.deleteIfExists(directory.resolve(MARK));
        Directories.force(directory);
        /* Last, as it tells others to stay away; they notice if it is another when they have opened it. */
        Files.deleteIfExists(directory.resolve(LOCK));
    }

    /** The names of all tables. */
    static List<String> tableNames() {
        return Stream.concat(
                        Arrays.stream(StoreTable.values()).map(StoreTable::sqlName),
                        Stream.of("page", "seal"))
                .toList();
    }

    /** The statements that make the tables, as the file keeps them. */
    static List<String> tables() {
        return Stream.concat(
                        Arrays.stream(StoreTable.values()).map(StoreTable::definition),
                        Stream.of(PAGES, SEAL))
                .toList();
    }
}
