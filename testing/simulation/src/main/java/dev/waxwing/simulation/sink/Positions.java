package dev.waxwing.simulation.sink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a sink by position was given, and how much of it is decided. */
final class Positions {

    private final Verdict verdict;
    private final Map<String, List<SinkItem>> written = new HashMap<>();
    private final Map<String, Integer> snapshots = new HashMap<>();
    private final Map<String, List<SinkItem>> decided = new HashMap<>();

    Positions(Verdict verdict) {
        this.verdict = verdict;
    }

    /** An execution begins: what is not decided is undone. */
    void begun() {
        written.clear();
        decided.forEach((part, items) -> written.put(part, new ArrayList<>(items)));
        snapshots.clear();
    }

    void wrote(String part, List<SinkItem> items) {
        written.computeIfAbsent(part, name -> new ArrayList<>()).addAll(items);
    }

    void snapshot(String part) {
        snapshots.put(part, written.getOrDefault(part, List.of()).size());
    }

    void onDecided() {
        snapshots.forEach(
                (part, size) ->
                        decided.put(
                                part,
                                List.copyOf(
                                        written.getOrDefault(part, List.of()).subList(0, size))));
        snapshots.clear();
    }

    boolean isDecided(SinkItem item) {
        return decided.values().stream().anyMatch(items -> items.contains(item));
    }

    /** In the course of an execution, a reader sees the beginning of what is decided. */
    void check(List<SinkItem> seen) {
        Map<String, List<SinkItem>> byPart = new HashMap<>();
        for (SinkItem item : seen) {
            if (!isDecided(item)) {
                verdict.broken(
                        Oracle.DECIDED_FIRST,
                        item + " is visible, though no epoch with it is decided");
            }
            decided.forEach(
                    (part, items) -> {
                        if (items.contains(item)) {
                            byPart.computeIfAbsent(part, name -> new ArrayList<>()).add(item);
                        }
                    });
        }
        byPart.forEach(
                (part, items) -> {
                    List<SinkItem> all = decided.getOrDefault(part, List.of());
                    if (items.size() > all.size() || !all.subList(0, items.size()).equals(items)) {
                        verdict.broken(
                                Oracle.ORDER,
                                "of partition '"
                                        + part
                                        + "' a reader sees "
                                        + items
                                        + ", which is not how "
                                        + all
                                        + " begins");
                    }
                });
    }
}
