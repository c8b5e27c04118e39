package dev.waxwing.recovery;

import dev.waxwing.recovery.PageTable.PageRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Where the pages of one state are, in the order in which they count. Confined to one thread.
 *
 * <p>Up to {@link #basePage} no two pages share a key, and none removes one.
 */
final class StateRows {

    private final int number;
    private final StateId state;

    // written by the confined thread
    private List<PageRow> rows = new ArrayList<>();
    private long basePage;

    StateRows(int number, StateId state, long basePage) {
        this.number = number;
        this.state = state;
        this.basePage = basePage;
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

    boolean isBase(PageRow row) {
        return row.id() <= basePage;
    }

    void add(PageRow row) {
        rows.add(row);
    }

    void setBasePage(long id) {
        basePage = id;
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
                StatePage page = pages.read(row.id(), state, number);
                goOn = isBase(row) ? live.acceptBase(page) : live.accept(page);
            }
        }
    }
}
