package dev.waxwing.simulation.sink;

import dev.waxwing.sink.SinkContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold when the input has ended.
 *
 * @param contract of the sink
 * @param expected all that was read
 * @param isOrdered whether the target keeps the order of a partition
 */
record FinalChecks(
        SinkContract contract, List<SinkItem> expected, boolean isOrdered, Verdict verdict) {

    /** Everything is there, exactly or at least once. */
    void multiset(List<SinkItem> found) {
        Map<SinkItem, Integer> difference = new LinkedHashMap<>();
        expected.forEach(item -> difference.merge(item, 1, Integer::sum));
        found.forEach(item -> difference.merge(item, -1, Integer::sum));
        List<SinkItem> missing = new ArrayList<>();
        List<SinkItem> surplus = new ArrayList<>();
        difference.forEach(
                (item, count) -> {
                    boolean mayRepeat =
                            contract == SinkContract.AT_LEAST_ONCE && expected.contains(item);
                    if (count > 0) {
                        missing.add(item);
                    } else if (count < 0 && !mayRepeat) {
                        surplus.add(item);
                    }
                });
        if (!missing.isEmpty() || !surplus.isEmpty()) {
            verdict.broken(
                    Oracle.EXACTLY_ONCE,
                    "at the end "
                            + (missing.isEmpty() ? "" : missing + " are missing ")
                            + (surplus.isEmpty() ? "" : surplus + " are there too often ")
                            + "in "
                            + found);
        }
    }

    /** The items of a key are in their order. */
    void order(List<SinkItem> found) {
        if (!isOrdered || contract == SinkContract.AT_LEAST_ONCE) {
            return;
        }
        Map<String, Long> newest = new HashMap<>();
        for (SinkItem item : found) {
            Long before = newest.put(item.key(), item.number());
            if (before != null && before > item.number()) {
                verdict.broken(
                        Oracle.ORDER,
                        item + " comes after " + new SinkItem(item.key(), before) + " in " + found);
            }
        }
    }

    /** Nothing is left behind. */
    void garbage(List<String> inTarget, List<String> inStore) {
        if (!inTarget.isEmpty()) {
            verdict.broken(Oracle.NO_GARBAGE, "the target still has " + inTarget);
        }
        if (!inStore.isEmpty()) {
            verdict.broken(Oracle.NO_GARBAGE, "the store still has the segments " + inStore);
        }
    }

    /** All that was decided was handed over and committed. */
    void ledger(Journal journal) {
        int committed = 0;
        for (Entry entry : journal.entries()) {
            committed += entry.committed.size();
            if (!entry.isCommitted()) {
                verdict.broken(
                        Oracle.LEDGER,
                        "of the "
                                + entry.items.size()
                                + " items of "
                                + entry
                                + " the sink has committed "
                                + entry.committed.size());
            }
        }
        if (committed != expected.size()) {
            verdict.broken(
                    Oracle.LEDGER,
                    expected.size() + " items were read, but " + committed + " were committed");
        }
    }
}
