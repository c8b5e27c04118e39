package dev.waxwing.recovery.sqlite;

import java.util.List;
import java.util.Locale;

/** The tables of a store's file whose rows a {@link StoreSeal} sums up. */
enum StoreTable {
    META("name TEXT PRIMARY KEY", "value TEXT NOT NULL"),
    GENERATION(
            "number INTEGER PRIMARY KEY",
            "started_at INTEGER NOT NULL",
            "pid INTEGER NOT NULL",
            "host TEXT NOT NULL",
            "workers INTEGER NOT NULL",
            "token TEXT NOT NULL"),
    EPOCH(
            "epoch INTEGER PRIMARY KEY",
            "generation INTEGER NOT NULL",
            "decided_at INTEGER NOT NULL",
            "done INTEGER NOT NULL"),
    NOTE("epoch INTEGER NOT NULL", "name TEXT NOT NULL", "text TEXT NOT NULL"),
    REWIND(
            "number INTEGER PRIMARY KEY",
            "target INTEGER NOT NULL",
            "highest INTEGER NOT NULL",
            "at INTEGER NOT NULL"),
    SCHEMA("id INTEGER PRIMARY KEY", "text TEXT NOT NULL"),
    STATE(
            "id INTEGER PRIMARY KEY",
            "step TEXT NOT NULL",
            "name TEXT NOT NULL",
            "base_page INTEGER NOT NULL",
            "pages INTEGER NOT NULL",
            "page_total INTEGER NOT NULL"),
    SMALL_SEGMENT("name TEXT PRIMARY KEY", "content BLOB NOT NULL");

    private static final String SEPARATOR = ", ";

    private final String definitions;

    StoreTable(String... definitions) {
        this.definitions = String.join(SEPARATOR, definitions);
    }

    /** In SQL. */
    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The statement that makes it, as the file keeps it. */
    String definition() {
        /* No table has an index beside it, which could differ from what the rows say. */
        boolean isKeyedByNumber = columns().get(0).endsWith("INTEGER PRIMARY KEY");
        return "CREATE TABLE "
                + sqlName()
                + "("
                + definitions
                + (this == NOTE ? ", PRIMARY KEY(epoch, name)" : "")
                + (isKeyedByNumber ? ")" : ") WITHOUT ROWID");
    }

    /** Adds a row with values in the order of the columns. */
    String insertion() {
        return "INSERT INTO " + sqlName() + " VALUES(" + "?, ".repeat(columns().size() - 1) + "?)";
    }

    /** Removes the row that has these values. */
    String deletion() {
        return "DELETE FROM "
                + sqlName()
                + " WHERE "
                + String.join(
                        " AND ",
                        columns().stream()
                                .map(each -> each.substring(0, each.indexOf(' ')) + " = ?")
                                .toList());
    }

    private List<String> columns() {
        return List.of(definitions.split(SEPARATOR, -1));
    }
}
