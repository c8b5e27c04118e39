package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.engine.site.PendingItem;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.codec.SchemaVerdict;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.codec.StateReader;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import dev.waxwing.recovery.page.PageCursor;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.state.StateMapper;
import dev.waxwing.state.StateUpdate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every kept snapshot has, for each key, just what the items before its source positions make of
 * it, but for those that it has itself because their stage had not taken them: nothing that came
 * after the barrier, though keys are touched while slices are still to be saved.
 */
final class SnapshotConsistencyTest {

    private static final int SEEDS = 300;
    private static final int MANY_KEYS_SEEDS = 12;
    private static final int COMPARED_MAX = 10;
    private static final CodecRegistry CLASSES =
            CodecRegistry.empty().with(Item.class.getName(), Item.class);

    /** Encoded off the worker, as it cannot change. */
    record Tally(long count, long sum) {}

    /** Encoded before its key is touched again, as it can change. */
    static final class MutableTally {
        private long count;
        private long sum;
    }

    @Test
    void everyKeptSnapshotIsWhatStoodAtTheBarrier() {
        Simulation.seeds(SEEDS, world -> check(world, world.chance().between(1, 40), 200));
    }

    @Test
    void sameWithMoreKeysThanASliceSaves() {
        Simulation.seeds(MANY_KEYS_SEEDS, world -> check(world, 5_000, 12_000));
    }

    private static void check(Simulation world, int keys, int itemCount) {
        Map<String, List<Item>> input = input(world.chance(), keys, itemCount);
        world.keepSnapshots();
        world.run(flow(world, input));

        RecoveryStore store =
                MemoryRecoveryStore.open(world.disk(), "flow", StoreOptions.defaults());
        List<EpochRecord> kept = store.epochs().stream().filter(EpochRecord::restorable).toList();
        for (EpochRecord epoch : kept) {
            if (kept.size() <= COMPARED_MAX || world.chance().below(kept.size()) < COMPARED_MAX) {
                compare(store, epoch.epoch(), input);
            }
        }
    }

    private static Map<String, List<Item>> input(Chance chance, int keys, int count) {
        Map<String, List<Item>> input = new LinkedHashMap<>();
        int partitions = chance.between(1, 3);
        for (int i = 0; i < partitions; i++) {
            input.put("p" + i, new ArrayList<>());
        }
        for (int i = 0; i < count; i++) {
            int key = i < keys ? i : chance.below(keys);
            input.get("p" + chance.below(partitions)).add(new Item("k" + key, chance.below(100)));
        }
        return input;
    }

    private static Dataflow flow(Simulation world, Map<String, List<Item>> input) {
        StateMapper<Tally, Item, Item> fixed =
                (tally, item) ->
                        StateUpdate.keep(
                                tally == null
                                        ? new Tally(1, item.value())
                                        : new Tally(tally.count + 1, tally.sum + item.value()),
                                item);
        StateMapper<MutableTally, Item, Item> changing =
                (tally, item) -> {
                    MutableTally now = tally == null ? new MutableTally() : tally;
                    now.count++;
                    now.sum += item.value();
                    return StateUpdate.keep(now, item);
                };
        var flow = Dataflow.named("flow");
        flow.input("in", world.partitions(input))
                .keyOn("key", Item::key)
                .statefulMap("fixed", fixed)
                .statefulMap("changing", changing)
                .output("out", world.sink(2));
        return flow;
    }

    private static void compare(RecoveryStore store, long epoch, Map<String, List<Item>> input) {
        Map<String, Integer> positions = new HashMap<>();
        Map<String, PendingItem> pending = new HashMap<>();
        Map<String, Tally> fixed = new HashMap<>();
        Map<String, Tally> changing = new HashMap<>();
        store.restore(
                epoch,
                page -> {
                    switch (page.state().stepPath()) {
                        case "flow.in" -> {
                            if (page.state().stateName().equals("partitions")) {
                                entries(store, page, Integer.class, positions);
                            } else {
                                entries(store, page, PendingItem.class, pending);
                            }
                        }
                        case "flow.fixed" -> entries(store, page, Tally.class, fixed);
                        case "flow.changing" -> {
                            Map<String, MutableTally> found = new HashMap<>();
                            entries(store, page, MutableTally.class, found);
                            found.forEach(
                                    (key, tally) ->
                                            changing.put(key, new Tally(tally.count, tally.sum)));
                        }
                        default -> {}
                    }
                });
        Map<String, Tally> expected = new HashMap<>();
        input.forEach(
                (part, items) ->
                        items.subList(0, positions.getOrDefault(part, 0))
                                .forEach(
                                        item ->
                                                expected.merge(
                                                        item.key(),
                                                        new Tally(1, item.value()),
                                                        SnapshotConsistencyTest::plus)));
        for (PendingItem each : pending.values()) {
            Item item = (Item) each.item();
            expected.computeIfPresent(item.key(), (key, tally) -> without(tally, item));
        }
        if (!fixed.equals(expected) || !changing.equals(expected)) {
            assertThat(fixed).as("immutable state at epoch %s", epoch).isEqualTo(expected);
            assertThat(changing).as("mutable state at epoch %s", epoch).isEqualTo(expected);
        }
    }

    private static @Nullable Tally without(Tally tally, Item item) {
        return tally.count == 1 ? null : new Tally(tally.count - 1, tally.sum - item.value());
    }

    private static Tally plus(Tally left, Tally right) {
        return new Tally(left.count + right.count, left.sum + right.sum);
    }

    private static <V> void entries(
            RecoveryStore store, StatePage page, Class<V> type, Map<String, V> entries) {
        StateReader keys = reader(store, String.class, page.keySchema());
        StateReader values = reader(store, type, page.valueSchema());
        PageCursor cursor = page.cursor();
        while (cursor.next()) {
            entries.put(
                    (String) keys.decode(page.data(), cursor.keyOffset(), cursor.keyLength()),
                    type.cast(
                            values.decode(
                                    page.data(), cursor.valueOffset(), cursor.valueLength())));
        }
    }

    private static StateReader reader(RecoveryStore store, Class<?> type, int schema) {
        SchemaVerdict verdict = StateCodec.of(type, CLASSES).reader(store.schema(schema));
        return verdict instanceof SchemaVerdict.Adapted adapted
                ? adapted.reader()
                : ((SchemaVerdict.Compatible) verdict).reader();
    }
}
