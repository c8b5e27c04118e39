package dev.waxwing.recovery;

import java.util.List;

/** The layout of a store's file: what identifies it, and its tables. */
final class StoreFormat {

    /*
     * page is append-only for decide: an epoch adds rows, compaction rewrites or deletes rows in
     * place, and the order of ids is the order in which pages count. Everything up to
     * state.base_page is disjoint in keys and without removals. A rewind is a range of epochs whose
     * pages count no more. No index but the primary keys: what has to be found is known in memory.
     */

    static final String FILE = "recovery.sqlite";
    static final String FILE_BEING_MADE = "recovery.sqlite.new";
    static final String LOCK = "lock";
    static final String LOCK_BEING_MADE = "lock.new";
    static final String SEGMENTS = "segments";

    /** "WxRS"; tells the file from other SQLite files. */
    static final int APPLICATION_ID = 0x57785253;

    /** Raised with every change of the tables or of the encoding of pages and values. */
    static final int VERSION = 2;

    static final int FILE_PAGE_BYTES = 8192;

    static final List<String> TABLES =
            List.of(
                    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
                    "CREATE TABLE generation(number INTEGER PRIMARY KEY,"
                            + " started_at INTEGER NOT NULL, pid INTEGER NOT NULL,"
                            + " host TEXT NOT NULL, workers INTEGER NOT NULL, token TEXT NOT NULL)",
                    "CREATE TABLE epoch(epoch INTEGER PRIMARY KEY, generation INTEGER NOT NULL,"
                            + " decided_at INTEGER NOT NULL, done INTEGER NOT NULL)",
                    "CREATE TABLE note(epoch INTEGER NOT NULL, name TEXT NOT NULL,"
                            + " text TEXT NOT NULL, PRIMARY KEY(epoch, name)) WITHOUT ROWID",
                    "CREATE TABLE rewind(number INTEGER PRIMARY KEY, target INTEGER NOT NULL,"
                            + " highest INTEGER NOT NULL, at INTEGER NOT NULL)",
                    "CREATE TABLE schema(id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
                    "CREATE TABLE state(id INTEGER PRIMARY KEY, step TEXT NOT NULL,"
                            + " name TEXT NOT NULL, base_page INTEGER NOT NULL)",
                    "CREATE TABLE page(id INTEGER PRIMARY KEY, epoch INTEGER NOT NULL,"
                            + " state INTEGER NOT NULL, key_schema INTEGER NOT NULL,"
                            + " value_schema INTEGER NOT NULL, entries INTEGER NOT NULL,"
                            + " crc INTEGER NOT NULL, data BLOB NOT NULL)");

    private StoreFormat() {}
}
