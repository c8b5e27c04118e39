package dev.waxwing.testing;

import dev.waxwing.sink.Marker;
import dev.waxwing.step.DataflowException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The recovery store of the reference runner: the newest decided epoch, in memory. Executions that
 * are given the same store continue each other. Confined to one thread.
 */
public final class ReferenceStore {

    private static final String POSITIONS = "partitions";

    private final Map<String, Map<Object, Object>> states = new HashMap<>();
    private final Map<String, Settings> settings = new HashMap<>();
    private final Map<String, Map<Object, Object>> positions = new HashMap<>();
    private final Map<String, List<String>> sinkParts = new HashMap<>();
    private final Map<String, List<Delivery>> deliveries = new HashMap<>();
    private final Map<String, List<Rejected>> rejected = new HashMap<>();
    private final Map<String, Map<String, Long>> committed = new HashMap<>();
    private final Map<String, String> marked = new HashMap<>();
    private final UUID lineage = UUID.randomUUID();
    private final List<UUID> tokens = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private long openedEpoch;
    private long decidedEpoch;
    private long runningMillis;

    /** Makes a store without a decided epoch. */
    public ReferenceStore() {}

    /** The newest decided epoch, 0 if none. */
    public long decidedEpoch() {
        return decidedEpoch;
    }

    /** Copies of the states of a stateful step, by key. */
    public Map<Object, Object> states(String stepId, String stateName) {
        taken.add(stateId(stepId, stateName));
        return copies(states.getOrDefault(stateId(stepId, stateName), Map.of()));
    }

    /** Copies of the positions of a source's or sink's partitions, by name. */
    public Map<Object, Object> positions(String stepId) {
        taken.add(stateId(stepId, POSITIONS));
        return copies(positions.getOrDefault(stepId, Map.of()));
    }

    static String stateId(String stepId, String stateName) {
        return stepId + "/" + stateName;
    }

    /**
     * What a partition of a sink has to commit.
     *
     * @param batchItems how many items a batch has, 0 if it is committed as a whole
     * @param closed when the epoch ended
     * @param content items or committables
     */
    record Delivery(String part, long epoch, int batchItems, Instant closed, List<Object> content) {

        Delivery {
            content = content.stream().map(StateCopies::copy).toList();
        }
    }

    /** The settings that a state was stored with. */
    Map<String, String> settings(String stateId) {
        return settings.getOrDefault(stateId, new Settings(Map.of())).byName;
    }

    private record Settings(Map<String, String> byName) {}

    /** An execution begins. */
    void open() {
        tokens.add(UUID.randomUUID());
        taken.clear();
    }

    /** All steps have taken what is theirs: nothing else may be lost because of a name. */
    void checkAllIsTaken() {
        Set<String> left = new TreeSet<>();
        states.forEach((id, entries) -> addUnlessEmpty(left, id, entries));
        positions.forEach(
                (stepId, entries) -> addUnlessEmpty(left, stateId(stepId, POSITIONS), entries));
        left.removeAll(taken);
        for (String id : left) {
            int end = id.lastIndexOf('/');
            throw new DataflowException(
                    id.substring(0, end),
                    "the store has state '"
                            + id.substring(end + 1)
                            + "' of step '"
                            + id.substring(0, end)
                            + "', which no step of the dataflow takes; if the step was renamed, say"
                            + " formerly(...) where the new one is made",
                    null);
        }
    }

    private static void addUnlessEmpty(Set<String> ids, String id, Map<Object, Object> entries) {
        if (!entries.isEmpty()) {
            ids.add(id);
        }
    }

    UUID lineage() {
        return lineage;
    }

    long generation() {
        return tokens.size();
    }

    UUID token() {
        return tokens.get(tokens.size() - 1);
    }

    /** Whether an execution of this store may have left a marker. */
    boolean knows(Marker found) {
        return found.epoch() <= decidedEpoch
                && found.generation() <= tokens.size()
                && tokens.get((int) found.generation() - 1).equals(found.owner());
    }

    /** What is decided and not known to be committed, in order; a copy. */
    List<Delivery> deliveries(String stepId) {
        return List.copyOf(deliveries.getOrDefault(stepId, List.of()));
    }

    /** An item that a target has rejected. */
    record Rejected(Object item, String why) {}

    /** All is committed, but for what was rejected, which is yet to become dead letters. */
    void delivered(String stepId, Delivery delivery, List<Rejected> items) {
        Objects.requireNonNull(deliveries.get(stepId)).remove(delivery);
        committed
                .computeIfAbsent(stepId, id -> new HashMap<>())
                .put(delivery.part(), delivery.epoch());
        rejected.computeIfAbsent(stepId, id -> new ArrayList<>()).addAll(items);
    }

    /** The newest epoch that was committed to a partition, 0 if none. */
    long committedEpoch(String stepId, String part) {
        return committed.getOrDefault(stepId, Map.of()).getOrDefault(part, 0L);
    }

    /** The id that targets know a step by: its first. */
    String markedAs(String stepId) {
        return marked.computeIfAbsent(stepId, id -> id);
    }

    /** What is yet to become dead letters, in order; a copy. */
    List<Rejected> rejected(String stepId) {
        return List.copyOf(rejected.getOrDefault(stepId, List.of()));
    }

    /** A number that no epoch has had. */
    long openEpoch() {
        return ++openedEpoch;
    }

    /** Moves what is kept under old ids to new ones, of outer steps first. */
    void rename(Map<String, String> oldByNew) {
        new TreeMap<>(oldByNew).forEach((newId, oldId) -> rename(oldId, newId));
    }

    private void rename(String oldId, String newId) {
        rename(states, oldId, newId);
        rename(settings, oldId, newId);
        rename(positions, oldId, newId);
        rename(deliveries, oldId, newId);
        rename(rejected, oldId, newId);
        rename(committed, oldId, newId);
        rename(marked, oldId, newId);
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
    void decide(long epoch, Snapshots snapshots, long running) {
        snapshots.changes.forEach(Runnable::run);
        decidedEpoch = epoch;
        runningMillis = running;
    }

    /** How long the dataflow had been running when the newest epoch was decided. */
    long runningMillis() {
        return runningMillis;
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
                V other = map.putIfAbsent(newId + id.substring(oldId.length()), value);
                if (other instanceof Map<?, ?> entries && !entries.isEmpty()) {
                    throw new DataflowException(
                            newId,
                            "state of step '"
                                    + newId
                                    + "': the store has it both of the step as it is called now and"
                                    + " as it was called formerly; take formerly away to go"
                                    + " on with that of today's name",
                            null);
                }
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

        /** What the meaning of a state depends on. */
        void settings(String stateId, Map<String, String> ofStep) {
            changes.add(() -> settings.put(stateId, new Settings(ofStep)));
        }

        /** What a partition of a sink is to commit when the epoch is decided. */
        void deliver(String stepId, Delivery delivery) {
            changes.add(
                    () ->
                            deliveries
                                    .computeIfAbsent(stepId, id -> new ArrayList<>())
                                    .add(delivery));
        }

        /** So many rejected items, the oldest, have become dead letters. */
        void passed(String stepId, int count) {
            changes.add(() -> rejectedOf(stepId).subList(0, count).clear());
        }

        private List<Rejected> rejectedOf(String stepId) {
            return rejected.computeIfAbsent(stepId, id -> new ArrayList<>());
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
