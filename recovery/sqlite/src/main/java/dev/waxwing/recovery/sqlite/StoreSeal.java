package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the rows of a store's file add up to. Each transaction that changes rows updates it, and
 * whoever opens the file compares. Confined to one thread at a time.
 */
final class StoreSeal {

    /*
     * The file's own structure is checked by SQLite, contents by nobody: a byte that changed in the name of a step, or
     * a row that is gone, leaves a file that is sound and says something else. So each row has a hash, and the sum of
     * all hashes is stored. A sum can be updated by what was added and removed, whatever else there is, so the price
     * of an epoch does not depend on the size of the store.
     *
     * Pages are summed up by state, in the rows of the states, and these are summed up with all others. The data of a
     * page counts by its checksum, which is compared when the page is read.
     *
     * The number of a transaction tells of two files which is newer, see StoreMark. Pages get their ids here, as
     * no id may be given twice: what is at or below the base of a state would else be taken for a part of it.
     */

    /** Asks how many transactions have changed the file. */
    static final String NUMBER = "SELECT number FROM seal";

    private record Sums(long number, long nextPage, long rows, long total) {}

    private final StoreFile file;
    private final Set<StateRows> touched = new LinkedHashSet<>();

    // written by the confined thread
    private Sums stored;
    private long nextPage;
    private long rows;
    private long total;

    private StoreSeal(StoreFile file, Sums stored) {
        this.file = file;
        this.stored = stored;
        rolledBack();
    }

    /** Of a file without rows. */
    static StoreSeal ofEmpty(StoreFile file) {
        return new StoreSeal(file, new Sums(0, 1, 0, 0));
    }

    /**
     * Reads it, and compares it with all rows but pages.
     *
     * @throws RecoveryException if it differs
     */
    static StoreSeal read(StoreFile file) throws SQLException {
        Sums[] found = new Sums[1];
        file.query(
                "SELECT number, next_page, row_count, total, own FROM seal",
                row -> {
                    Sums sums =
                            new Sums(
                                    row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
                    found[0] = hash(sums) == row.getLong(5) ? sums : null;
                });
        if (found[0] == null) {
            throw StoreContents.damaged(file, "what its rows add up to cannot be read");
        }
        StoreSeal seal = ofEmpty(file);
        for (StoreTable table : StoreTable.values()) {
            seal.addAll(table);
        }
        if (seal.rows != found[0].rows || seal.total != found[0].total) {
            throw StoreContents.damaged(
                    file,
                    seal.rows == found[0].rows
                            ? "what its rows say was changed"
                            : "it should have "
                                    + found[0].rows
                                    + " rows about epochs, states and schemas, but has "
                                    + seal.rows);
        }
        return new StoreSeal(file, found[0]);
    }

    /** How many transactions have changed the file. */
    long number() {
        return stored.number;
    }

    /** Tells this content from another one that had as many transactions. */
    long total() {
        return stored.total;
    }

    /** Adds a row within the current transaction. */
    void insert(StoreTable table, Object... row) throws SQLException {
        execute(table.insertion(), row);
        add(table, row);
    }

    /** Removes a row within the current transaction. */
    void delete(StoreTable table, Object... row) throws SQLException {
        if (execute(table.deletion(), row) != 1) {
            throw StoreContents.damaged(
                    file, "a row of table " + table.sqlName() + " is not there");
        }
        rows--;
        total -= RowHash.of(table.sqlName(), row);
    }

    /** An id for a page that no page had before. */
    long newPage() {
        return nextPage++;
    }

    /** The row of a state is to be written with the current transaction. */
    void touch(StateRows state) {
        touched.add(state);
    }

    /** Writes what the rows add up to with the current transaction, if any changed. */
    void write() throws SQLException {
        for (StateRows state : touched) {
            delete(StoreTable.STATE, state.storedRow());
            insert(StoreTable.STATE, state.row());
        }
        boolean isUnchanged =
                nextPage == stored.nextPage && rows == stored.rows && total == stored.total;
        if (!isUnchanged) {
            Sums next = next();
            file.execute(
                    "INSERT OR REPLACE INTO seal VALUES(1, ?, ?, ?, ?, ?)",
                    next.number,
                    next.nextPage,
                    next.rows,
                    next.total,
                    hash(next));
        }
    }

    /** The current transaction was committed. */
    void committed() {
        Sums next = next();
        if (next.nextPage != stored.nextPage
                || next.rows != stored.rows
                || next.total != stored.total) {
            stored = next;
        }
        touched.forEach(StateRows::committed);
        touched.clear();
    }

    /** The current transaction was given up. */
    void rolledBack() {
        nextPage = stored.nextPage;
        rows = stored.rows;
        total = stored.total;
        touched.forEach(StateRows::rolledBack);
        touched.clear();
    }

    private Sums next() {
        return new Sums(stored.number + 1, nextPage, rows, total);
    }

    private void add(StoreTable table, Object... row) {
        rows++;
        total += RowHash.of(table.sqlName(), row);
    }

    private void addAll(StoreTable table) throws SQLException {
        file.query(
                "SELECT * FROM " + table.sqlName(),
                row -> {
                    Object[] fields = new Object[row.getMetaData().getColumnCount()];
                    for (int i = 0; i < fields.length; i++) {
                        fields[i] = row.getObject(i + 1);
                    }
                    add(table, fields);
                });
    }

    private int execute(String sql, Object... row) throws SQLException {
        PreparedStatement statement = file.prepare(sql);
        for (int i = 0; i < row.length; i++) {
            statement.setObject(i + 1, row[i]);
        }
        return statement.executeUpdate();
    }

    private static long hash(Sums sums) {
        return RowHash.of("seal", sums.number, sums.nextPage, sums.rows, sums.total);
    }
}
