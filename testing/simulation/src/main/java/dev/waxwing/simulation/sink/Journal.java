package dev.waxwing.simulation.sink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an epoch sink was given, what was decided of it and what it said to have committed. */
final class Journal {

    private final Verdict verdict;
    private final Map<String, TreeMap<Long, Entry>> parts = new TreeMap<>();
    private final Map<SinkItem, Entry> entryOf = new HashMap<>();
    private final Set<SinkItem> everStaged = new HashSet<>();
    private long decided;
    private long done;

    Journal(Verdict verdict) {
        this.verdict = verdict;
    }

    long decided() {
        return decided;
    }

    long done() {
        return done;
    }

    void onDecided(long epoch) {
        decided = epoch;
    }

    void onDone(long epoch) {
        done = Math.max(done, epoch);
    }

    /** Items were written for an epoch that nobody has decided. */
    void staged(Collection<SinkItem> items) {
        everStaged.addAll(items);
    }

    /** An epoch of which this was staged is decided. */
    void add(Entry entry) {
        parts.computeIfAbsent(entry.part, name -> new TreeMap<>()).put(entry.epoch, entry);
        for (SinkItem item : entry.items) {
            Entry former = entryOf.put(item, entry);
            if (former != null) {
                verdict.broken(Oracle.LEDGER, item + " is in " + former + " and again in " + entry);
            }
        }
    }

    /** Items of a decided epoch are given to the sink, to be committed. */
    Entry asked(String part, long epoch, List<SinkItem> items, int pieces) {
        if (epoch > decided) {
            verdict.broken(
                    Oracle.DECIDED_FIRST,
                    "epoch " + epoch + " is to be committed, but " + decided + " is decided");
        }
        Entry entry =
                parts.computeIfAbsent(part, name -> new TreeMap<>())
                        .computeIfAbsent(epoch, number -> new Entry(part, epoch, pieces));
        if (pieces > 0 && !entry.items.isEmpty() && !entry.items.equals(items)) {
            verdict.broken(
                    Oracle.LEDGER,
                    entry + " was " + entry.items + " when it was sent first, and now is " + items);
        }
        for (SinkItem item : items) {
            Entry former = entryOf.putIfAbsent(item, entry);
            if (former == null) {
                entry.items.add(item);
            } else if (former != entry) {
                verdict.broken(Oracle.LEDGER, item + " is in " + former + " and again in " + entry);
            }
        }
        entry.asked = true;
        return entry;
    }

    /** The target says up to which epoch it holds what a partition was asked to commit. */
    void claimed(String part, long upTo) {
        parts.getOrDefault(part, new TreeMap<>())
                .headMap(upTo, true)
                .values()
                .forEach(entry -> entry.committed.addAll(entry.items));
    }

    /** What a partition may have to commit again after a crash, in order. */
    List<Entry> undone(String part) {
        TreeMap<Long, Entry> entries = parts.getOrDefault(part, new TreeMap<>());
        return List.copyOf(entries.tailMap(done, false).values());
    }

    /** Whether an item is in an epoch that its sink has said to have committed. */
    boolean isCommitted(SinkItem item) {
        Entry entry = entryOf.get(item);
        return entry != null && entry.committed.contains(item);
    }

    /** What is decided and known to be given to the sink. */
    List<Entry> entries() {
        List<Entry> all = new ArrayList<>();
        parts.values().forEach(entries -> all.addAll(entries.values()));
        return all;
    }

    // ---- what a reader sees

    /**
     * Holds what a reader sees against what he may see.
     *
     * @param isOrdered whether the target keeps the order of a partition
     */
    void check(List<SinkItem> seen, boolean isOrdered) {
        Map<Entry, List<SinkItem>> byEntry = new LinkedHashMap<>();
        Set<SinkItem> once = new HashSet<>();
        for (SinkItem item : seen) {
            if (!once.add(item)) {
                verdict.broken(Oracle.EXACTLY_ONCE, item + " is visible twice: " + seen);
            }
            Entry entry = entry(item);
            byEntry.computeIfAbsent(entry, e -> new ArrayList<>()).add(item);
        }
        for (Entry entry : entries()) {
            check(entry, byEntry.getOrDefault(entry, List.of()));
        }
        if (isOrdered) {
            checkOrder(seen);
        }
    }

    private Entry entry(SinkItem item) {
        @Nullable Entry entry = entryOf.get(item);
        if (entry == null) {
            verdict.broken(
                    everStaged.contains(item) ? Oracle.DECIDED_FIRST : Oracle.EXACTLY_ONCE,
                    everStaged.contains(item)
                            ? item + " is visible, though no epoch with it is decided"
                            : item + " is visible, though nobody has written it");
        }
        return Objects.requireNonNull(entry);
    }

    private void check(Entry entry, List<SinkItem> seen) {
        for (SinkItem item : entry.committed) {
            if (!seen.contains(item)) {
                verdict.broken(
                        Oracle.COMMITTED_STAYS,
                        "the sink said that "
                                + item
                                + " of "
                                + entry
                                + " is committed, but a"
                                + " reader sees only "
                                + seen);
            }
        }
        if (!seen.isEmpty() && !entry.asked) {
            verdict.broken(
                    Oracle.DECIDED_FIRST,
                    seen + " of " + entry + " is visible, though nobody has asked to commit it");
        }
        if (entry.pieces == 1 && !seen.isEmpty() && seen.size() < entry.items.size()) {
            verdict.broken(
                    Oracle.WHOLE_EPOCHS,
                    "of the items " + entry.items + " of " + entry + " a reader sees only " + seen);
        }
    }

    private void checkOrder(List<SinkItem> seen) {
        Map<String, Entry> newest = new HashMap<>();
        Map<Entry, Integer> places = new HashMap<>();
        for (SinkItem item : seen) {
            Entry entry = entry(item);
            Entry before = newest.put(entry.part, entry);
            int place = entry.items.indexOf(item);
            boolean isBehind = places.getOrDefault(entry, -1) < place;
            places.put(entry, place);
            if (!isBehind || (before != null && before.epoch > entry.epoch)) {
                verdict.broken(
                        Oracle.ORDER,
                        item
                                + " of "
                                + entry
                                + " comes too late: a reader sees "
                                + seen
                                + ", written were "
                                + entries().stream()
                                        .filter(each -> each.part.equals(entry.part))
                                        .map(each -> each.items)
                                        .toList());
            }
        }
    }
}
