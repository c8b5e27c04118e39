package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.page.KeyIndex;
import dev.waxwing.recovery.page.PageCursor;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.sqlite.PageTable.PageRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites pages of one state so that superseded values and removed keys go. Confined to one
 * thread; runs in slices, each within a transaction of the caller's.
 */
final class Compaction {

    /*
     * First the keys of all pages above the base are read, each with the newest page that has it.
     * Then all pages are rewritten from the oldest to the newest: an entry stays if no newer page
     * has its key. Because older pages come first, a removal that is reached has nothing left to
     * remove and goes too, unless pages below those at hand may have the key.
     *
     * Every rewritten page leaves what can be restored as it was, so a compaction may be given up
     * after any slice, by a crash too. Nothing about its progress is stored but the new base.
     *
     * Neighbours are joined; the result takes the place of the oldest one, which is safe as whatever
     * lies between has lost the keys in question by then. The base ends with the last page that is
     * left.
     */

    private final StoreFile file;
    private final PageTable pages;
    private final StateRows state;
    private final List<PageRow> inputs;
    private final int firstAboveBase;
    private final boolean keepRemovals;
    private final int lastClearing;
    private final KeyIndex newest = new KeyIndex();

    // written by the confined thread: progress
    private int nextIndexed;
    private int nextRewritten;
    private long lastKept;
    private long budget;

    // written by the confined thread: changes of the current slice
    private final Map<Long, PageRow> replaced = new HashMap<>();
    private final Set<Long> removed = new HashSet<>();
    private final List<PageRow> joined = new ArrayList<>();
    private @Nullable PageWriter writer;

    /**
     * @param inputs neighbours, oldest first
     * @param firstAboveBase index of the first input whose keys older ones may have
     * @param keepRemovals whether pages below the inputs may have keys that the inputs remove
     */
    Compaction(
            StoreFile file,
            StateRows state,
            List<PageRow> inputs,
            int firstAboveBase,
            boolean keepRemovals) {
        this.file = file;
        this.pages = new PageTable(file);
        this.state = state;
        this.inputs = List.copyOf(inputs);
        this.firstAboveBase = firstAboveBase;
        this.keepRemovals = keepRemovals;
        this.lastClearing = lastClearing(inputs);
        this.nextIndexed = Math.max(firstAboveBase, lastClearing + 1);
    }

    /**
     * Does a part of the work within the current transaction.
     *
     * @param bytes how much of it, roughly
     */
    void slice(long bytes) throws SQLException {
        budget = bytes;
        while (budget > 0 && nextIndexed < inputs.size()) {
            index(nextIndexed++);
        }
        while (budget > 0 && nextIndexed == inputs.size() && nextRewritten < inputs.size()) {
            rewrite(nextRewritten++);
        }
        flush();
        if (isComplete() && !keepRemovals) {
            state.setBasePage(lastKept);
            file.seal().touch(state);
        }
    }

    /** To be called when the transaction of the last slice is committed. */
    void committed() {
        state.update(replaced, removed);
        replaced.clear();
        removed.clear();
    }

    boolean isComplete() {
        return nextRewritten == inputs.size();
    }

    private void index(int i) throws SQLException {
        StatePage page = read(inputs.get(i));
        PageCursor entry = page.cursor();
        while (entry.next()) {
            newest.put(page.data(), entry.keyOffset(), entry.keyLength(), i);
        }
    }

    private void rewrite(int i) throws SQLException {
        PageRow row = inputs.get(i);
        if (i <= lastClearing) {
            delete(row);
            return;
        }
        StatePage page = read(row);
        if (writer == null || !writer.accepts(page)) {
            flush();
            writer = new PageWriter(state.state(), page.keySchema(), page.valueSchema());
        }
        int before = writer.entries();
        PageCursor entry = page.cursor();
        while (entry.next()) {
            if (stays(page, entry, i)) {
                writer.add(entry);
            }
        }
        boolean isUnchanged = writer.entries() - before == page.entries();
        if (isUnchanged && before == 0 && !row.isSmall()) {
            writer = null;
            flush();
            lastKept = row.id();
            return;
        }
        joined.add(row);
        if (writer.isFull()) {
            flush();
        }
    }

    private boolean stays(StatePage page, PageCursor entry, int i) {
        int number = newest.get(page.data(), entry.keyOffset(), entry.keyLength());
        boolean isNewest = i < firstAboveBase ? number < 0 : number == i;
        return isNewest && (keepRemovals || !entry.isRemoval());
    }

    private StatePage read(PageRow row) throws SQLException {
        budget -= row.bytes() + 1_000;
        return pages.read(row, state);
    }

    private void flush() throws SQLException {
        PageWriter full = writer;
        writer = null;
        if (joined.isEmpty()) {
            return;
        }
        int kept = full == null || full.entries() == 0 ? 0 : 1;
        for (PageRow row : joined.subList(kept, joined.size())) {
            delete(row);
        }
        if (kept == 1) {
            lastKept = joined.get(0).id();
        }
        if (full != null && kept == 1 && !isSame(full)) {
            StatePage page = full.toPage();
            budget -= 2L * page.data().length;
            PageRow old = joined.get(0);
            replaced.put(old.id(), pages.replace(old, newestEpoch(), state, page));
        }
        joined.clear();
    }

    private boolean isSame(PageWriter full) {
        return joined.size() == 1 && joined.get(0).entries() == full.entries();
    }

    private void delete(PageRow row) throws SQLException {
        pages.delete(row, state);
        removed.add(row.id());
        budget -= 1_000;
    }

    private long newestEpoch() {
        return joined.stream().mapToLong(PageRow::epoch).max().orElseThrow();
    }

    private static int lastClearing(List<PageRow> inputs) {
        int last = inputs.size() - 1;
        while (last >= 0 && !inputs.get(last).isClearing()) {
            last--;
        }
        return last;
    }
}
