package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.sqlite.PageTable.PageRow;
import dev.waxwing.recovery.store.EpochRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what in a store is no longer needed and gets rid of it in slices. Confined to one thread.
 */
final class Collector {

    /*
     * Pages above the horizon stay as they are, since each of their epochs must stay restorable.
     * Below it, a state is compacted as a whole when as much was written to it as its base has; so
     * each entry is rewritten a bounded number of times however the state grows. Many small pages
     * are joined on their own before that: a large state of which every epoch changes a few keys
     * would else be read as a whole for their sake, or never.
     */

    private static final int SLICE_BYTES = 4 << 20;
    private static final int DELETES_MAX = 200;
    private static final int EPOCHS_MAX = 1_000;
    private static final int BACKLOG_MAX = 16;
    private static final int SMALL_PAGES_MAX = 32;
    private static final long ENTRIES_MIN = 1_000;

    private final StoreFile file;
    private final PageTable pages;
    private final StoreContents contents;
    private final Duration retention;

    // written by the confined thread
    private @Nullable Compaction current;
    private @Nullable StateRows target;

    Collector(StoreFile file, StoreContents contents, Duration retention) {
        this.file = file;
        this.pages = new PageTable(file);
        this.contents = contents;
        this.retention = retention;
    }

    /** Does one slice; returns whether there is more to do now. */
    boolean collect(Instant now) {
        if (forgetEpochs(now)) {
            return true;
        }
        boolean hasMore = dropAbandoned(now);
        if (current == null) {
            current = choose(contents.history().horizon(now, retention));
        }
        if (current != null) {
            compact(current);
            if (current == null) {
                current = choose(contents.history().horizon(now, retention));
            }
        }
        return hasMore || current != null;
    }

    /** How many times its base was written to the state at hand since that was made; at most 16. */
    int backlog() {
        if (target == null) {
            return 0;
        }
        long base = ENTRIES_MIN;
        long above = 0;
        for (PageRow row : target.rows()) {
            if (target.isBase(row)) {
                base += row.entries();
            } else {
                above += row.entries();
            }
        }
        return (int) Math.min(BACKLOG_MAX, above / base);
    }

    /** Gives up what is under way, as the epochs that count have changed. */
    void restart() {
        current = null;
    }

    private boolean forgetEpochs(Instant now) {
        List<EpochRecord> expired = contents.history().expired(now, retention);
        List<EpochRecord> some = expired.subList(0, Math.min(EPOCHS_MAX, expired.size()));
        if (some.isEmpty()) {
            return false;
        }
        file.lazily(
                "forgetting epochs",
                () -> {
                    for (EpochRecord record : some) {
                        EpochTable.delete(file.seal(), record);
                    }
                });
        contents.history().forget(some);
        return some.size() < expired.size();
    }

    private boolean dropAbandoned(Instant now) {
        for (StateRows state : contents.states().values()) {
            List<PageRow> dropped = new ArrayList<>();
            for (PageRow row : state.rows()) {
                if (dropped.size() < DELETES_MAX
                        && contents.history().isCollectable(row.epoch(), now, retention)) {
                    dropped.add(row);
                }
            }
            if (!dropped.isEmpty()) {
                file.lazily(
                        "dropping rewound epochs",
                        () -> {
                            for (PageRow row : dropped) {
                                pages.delete(row, state);
                            }
                        });
                Set<Long> ids = new HashSet<>();
                dropped.forEach(row -> ids.add(row.id()));
                state.update(Map.of(), ids);
                return true;
            }
        }
        return false;
    }

    private void compact(Compaction compaction) {
        try {
            file.lazily("compacting it", () -> compaction.slice(SLICE_BYTES));
        } catch (RuntimeException e) {
            current = null;
            throw e;
        }
        compaction.committed();
        if (compaction.isComplete()) {
            current = null;
        }
    }

    private @Nullable Compaction choose(long horizon) {
        for (StateRows state : contents.states().values()) {
            Compaction compaction = choose(state, horizon);
            if (compaction != null) {
                target = state;
                return compaction;
            }
        }
        target = null;
        return null;
    }

    private @Nullable Compaction choose(StateRows state, long horizon) {
        List<PageRow> inputs = new ArrayList<>();
        int base = 0;
        long baseEntries = 0;
        long newEntries = 0;
        boolean hasClearing = false;
        for (PageRow row : state.rows()) {
            if (row.epoch() <= horizon && !contents.history().isAbandoned(row.epoch())) {
                inputs.add(row);
                if (state.isBase(row)) {
                    base++;
                    baseEntries += row.entries();
                } else {
                    newEntries += row.entries();
                    hasClearing |= row.isClearing();
                }
            }
        }
        if (hasClearing || newEntries >= Math.max(ENTRIES_MIN, baseEntries)) {
            return new Compaction(file, state, inputs, base, false);
        }
        List<PageRow> small = inputs.subList(firstSmall(inputs, base), inputs.size());
        boolean hasOlder = small.size() < inputs.size();
        return small.size() < SMALL_PAGES_MAX
                ? null
                : new Compaction(file, state, small, 0, hasOlder);
    }

    private static int firstSmall(List<PageRow> inputs, int base) {
        int first = inputs.size();
        while (first > base && inputs.get(first - 1).isSmall()) {
            first--;
        }
        return first;
    }
}
