package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.page.LiveEntries;
import dev.waxwing.recovery.page.PageConsumer;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.sqlite.PageTable.PageRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Where the pages of one state are, in the order in which they count. Confined to one thread.
 *
 * <p>Up to the base no two pages share a key, and none removes one.
 */
final class StateRows {

    /**
     * @param basePage id of the last page of the base
     * @param pages how many pages there are in the file
     * @param total what their rows add up to
     */
    record Extent(long basePage, long pages, long total) {

        static final Extent EMPTY = new Extent(0, 0, 0);
    }

    private final int number;
    private final StateId state;

    // written by the confined thread
    private List<PageRow> rows = new ArrayList<>();
    private Extent stored;
    private Extent extent;

    StateRows(int number, StateId state, Extent stored) {
        this.number = number;
        this.state = state;
        this.stored = stored;
        this.extent = stored;
    }

    /** In the file. */
    int number() {
        return number;
    }

    StateId state() {
        return state;
    }

    List<PageRow> rows() {
        return rows;
    }

    /** Its row of the table of states as it is in the file. */
    Object[] storedRow() {
        return row(stored);
    }

    /** Its row of the table of states as the current transaction has made it. */
    Object[] row() {
        return row(extent);
    }

    boolean isBase(PageRow row) {
        return row.id() <= extent.basePage;
    }

    /** Whether the pages are all those that there should be. */
    boolean isComplete() {
        long total = 0;
        for (PageRow row : rows) {
            total += row.hash();
        }
        return rows.size() == stored.pages && total == stored.total;
    }

    /** How many pages there should be. */
    long storedPages() {
        return stored.pages;
    }

    void add(PageRow row) {
        rows.add(row);
    }

    /** A page was written by the current transaction. */
    void added(PageRow row) {
        extent = new Extent(extent.basePage, extent.pages + 1, extent.total + row.hash());
    }

    /** A page was deleted by the current transaction. */
    void removed(PageRow row) {
        extent = new Extent(extent.basePage, extent.pages - 1, extent.total - row.hash());
    }

    /** The base ends elsewhere with the current transaction. */
    void setBasePage(long id) {
        extent = new Extent(id, extent.pages, extent.total);
    }

    void committed() {
        stored = extent;
    }

    void rolledBack() {
        extent = stored;
    }

    /** Takes over what a transaction has changed: rows in other rows' places, and removed ones. */
    void update(Map<Long, PageRow> replaced, Set<Long> removed) {
        List<PageRow> updated = new ArrayList<>(rows.size());
        for (PageRow row : rows) {
            if (!removed.contains(row.id())) {
                updated.add(replaced.getOrDefault(row.id(), row));
            }
        }
        rows = updated;
    }

    /** Gives the live entries as of an epoch. */
    void restore(PageTable pages, long epoch, LongPredicate isAbandoned, PageConsumer consumer)
            throws SQLException {
        LiveEntries live = new LiveEntries(consumer);
        boolean goOn = true;
        for (int i = rows.size() - 1; i >= 0 && goOn; i--) {
            PageRow row = rows.get(i);
            if (row.epoch() <= epoch && !isAbandoned.test(row.epoch())) {
                StatePage page = pages.read(row, this);
                goOn = isBase(row) ? live.acceptBase(page) : live.accept(page);
            }
        }
    }

    private Object[] row(Extent of) {
        return new Object[] {
            number, state.stepPath(), state.stateName(), of.basePage, of.pages, of.total
        };
    }
}
