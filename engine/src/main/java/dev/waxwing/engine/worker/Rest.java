package dev.waxwing.engine.worker;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.link.SourceLink;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.PendingItem;
import dev.waxwing.engine.site.StepCounts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a partition has emitted in a call when the activation had no time left: it comes before the
 * next call. Confined to the worker.
 */
final class Rest {

    /*
     * The partition's position is behind these items, so they are stored beside it: an epoch may end between two of
     * them. An item is written at the first barrier that it waits at, and removed at the next after it was passed on;
     * so those that are in the store are the first, and their places are in the order of the items.
     *
     * A place is never used twice, so that a page has a key once: it has the epoch in which it was written.
     */

    private final String partition;
    private final Deque<Object> items = new ArrayDeque<>();
    private final Deque<String> places = new ArrayDeque<>();
    private List<String> left = new ArrayList<>();
    private boolean refused;
    private long checked;
    private long added;
    private long restored;

    Rest(String partition) {
        this.partition = partition;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    int size() {
        return items.size();
    }

    /** How many items have come in all. */
    long added() {
        return added;
    }

    /** How many of them were restored. */
    long restored() {
        return restored;
    }

    /** How many of them have been passed on. */
    long passed() {
        return added - items.size();
    }

    void add(Object item) {
        items.add(item);
        added++;
    }

    void reject(Object raw, Exception cause) {
        add(new Rejected(raw, cause));
    }

    /** Takes an item that the store has; in the order of the places. */
    void restore(String place, PendingItem pending) {
        String rejection = pending.rejection();
        if (rejection == null) {
            add(pending.item());
        } else {
            reject(pending.item(), new Exception(rejection));
        }
        places.add(place);
        restored++;
        checked = added;
    }

    /** Passes on as many items as there is time for, at least one. */
    void passOn(SourceLink out, Budget budget, StepCounts counts) {
        do {
            Object item = items.remove();
            if (!places.isEmpty()) {
                left.add(places.remove());
            }
            if (item instanceof Rejected rejected) {
                out.reject(rejected.raw, rejected.cause);
            } else {
                out.emit(item);
            }
        } while (!items.isEmpty() && budget.allows(counts.read()));
        if (items.isEmpty()) {
            refused = false;
        }
    }

    /** Whether a store can take all items; if one cannot be stored, they have to be passed on. */
    boolean isStorable(StateChanges log) {
        long number = passed();
        for (Object item : items) {
            if (!refused && number >= checked) {
                refused = !log.takes(pending(item));
            }
            number++;
        }
        checked = added;
        return !refused;
    }

    /** Brings the store up to date at the end of an epoch. */
    void record(ChangeLog log, long epoch) {
        left.forEach(log::remove);
        left = new ArrayList<>();
        int stored = places.size();
        int number = 0;
        for (Object item : items) {
            if (number >= stored) {
                String place = PendingItem.place(epoch, number - stored, partition);
                log.put(place, pending(item));
                places.add(place);
            }
            number++;
        }
    }

    private static PendingItem pending(Object item) {
        if (item instanceof Rejected rejected) {
            String message = rejected.cause.getMessage();
            return new PendingItem(
                    rejected.raw, message == null ? rejected.cause.toString() : message);
        }
        return new PendingItem(item, null);
    }

    private record Rejected(Object raw, Exception cause) {}
}
