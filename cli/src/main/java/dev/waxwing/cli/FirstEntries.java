package dev.waxwing.cli;

import dev.waxwing.recovery.sqlite.inspect.StoreEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the entries that come first in the order of state and key, and counts all. */
final class FirstEntries {

    private static final Comparator<StoreEntry> ORDER =
            Comparator.comparing(StoreEntry::state).thenComparing(StoreEntry::key);

    private final int limit;
    private final PriorityQueue<StoreEntry> lastFirst = new PriorityQueue<>(ORDER.reversed());
    private long count;

    /** {@code limit} 0 is for all. */
    FirstEntries(int limit) {
        this.limit = limit;
    }

    void add(StoreEntry entry) {
        count++;
        lastFirst.add(entry);
        if (limit > 0 && lastFirst.size() > limit) {
            lastFirst.remove();
        }
    }

    /** How many were added. */
    long count() {
        return count;
    }

    List<StoreEntry> sorted() {
        List<StoreEntry> entries = new ArrayList<>(lastFirst);
        entries.sort(ORDER);
        return entries;
    }
}
