package dev.waxwing.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The recovery store of the reference runner: the newest decided epoch, in memory. Executions that
 * are given the same store continue each other. Confined to one thread.
 */
public final class ReferenceStore {

    private final Map<String, Map<Object, Object>> states = new HashMap<>();
    private final Map<String, Map<Object, Object>> positions = new HashMap<>();
    private final Map<String, List<String>> sinkParts = new HashMap<>();
    private long openedEpoch;
    private long decidedEpoch;

    /** The newest decided epoch, 0 if none. */
    public long decidedEpoch() {
        return decidedEpoch;
    }

    /** Copies of the states of a stateful step, by key. */
    public Map<Object, Object> states(String stepId, String stateName) {
        return copies(states.getOrDefault(stateId(stepId, stateName), Map.of()));
    }

    /** Copies of the positions of a source's or sink's partitions, by name. */
    public Map<Object, Object> positions(String stepId) {
        return copies(positions.getOrDefault(stepId, Map.of()));
    }

    static String stateId(String stepId, String stateName) {
        return stepId + "/" + stateName;
    }

    /** A number that no epoch has had. */
    long openEpoch() {
        return ++openedEpoch;
    }

    /** Moves what is kept under an old id to the new one, unless that has something already. */
    void rename(String oldId, String newId) {
        rename(states, oldId, newId);
        rename(positions, oldId, newId);
        List<String> parts = sinkParts.remove(oldId);
        if (parts != null) {
            sinkParts.putIfAbsent(newId, parts);
        }
    }

    /** Records the partitions of a sink; returns those recorded before, or null. */
    @Nullable List<String> recordSinkParts(String stepId, List<String> parts) {
        return sinkParts.putIfAbsent(stepId, List.copyOf(parts));
    }

    /** Takes an epoch as a whole. */
    void decide(long epoch, Snapshots snapshots) {
        snapshots.changes.forEach(Runnable::run);
        decidedEpoch = epoch;
    }

    Snapshots snapshots() {
        return new Snapshots();
    }

    private static <V> void rename(Map<String, V> map, String oldId, String newId) {
        for (String id : List.copyOf(map.keySet())) {
            boolean covered =
                    id.equals(oldId) || id.startsWith(oldId + "/") || id.startsWith(oldId + ".");
            if (covered) {
                V value = map.remove(id);
                map.putIfAbsent(newId + id.substring(oldId.length()), value);
            }
        }
    }

    private static Map<Object, Object> copies(Map<Object, Object> entries) {
        Map<Object, Object> copies = new LinkedHashMap<>();
        entries.forEach((key, state) -> copies.put(key, StateCopies.copy(state)));
        return copies;
    }

    /** What an epoch changes, put aside until it is decided. */
    final class Snapshots {

        private final List<Runnable> changes = new ArrayList<>();

        /** The state of a key, or null if it was discarded. */
        void state(String stateId, Object key, @Nullable Object state) {
            put(states, stateId, key, state);
        }

        void position(String stepId, String part, @Nullable Object position) {
            put(positions, stepId, part, position);
        }

        private void put(
                Map<String, Map<Object, Object>> all,
                String id,
                Object key,
                @Nullable Object state) {
            if (state == null) {
                changes.add(() -> all.computeIfAbsent(id, i -> new LinkedHashMap<>()).remove(key));
                return;
            }
            Object copy = StateCopies.copy(state);
            changes.add(() -> all.computeIfAbsent(id, i -> new LinkedHashMap<>()).put(key, copy));
        }
    }
}
