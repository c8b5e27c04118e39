package dev.waxwing.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.recovery.page.PageCursor;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A store against a model that keeps a full copy of the state for every epoch: random changes,
 * crashes, rewinds and passing of time. A failure prints its seed.
 */
public abstract class RecoveryStoreModelContract {

    private static final StateId STATE = new StateId("shop.cart", "state");
    private static final Duration RETENTION = Duration.ofSeconds(5);
    private static final int STEPS = 400;

    private final TreeMap<Long, Map<String, String>> model = new TreeMap<>();
    private Instant now = Instant.EPOCH;
    private long highest;

    /** Opens the store under test; the same one each time. */
    protected abstract RecoveryStore open(String dataflowName, StoreOptions options);

    /** Ends the use of a store as the end of its process would. */
    protected abstract void crash(RecoveryStore store);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void storeDoesWhatTheModelDoes(long seed) {
        Random random = new Random(seed);
        RecoveryStore store = reopen();
        for (int i = 0; i < STEPS; i++) {
            int dice = random.nextInt(100);
            if (dice < 70) {
                decide(store, random, seed % 3 == 0 ? 100 : 6);
            } else if (dice < 85) {
                store.done(store.decidedEpoch());
            } else if (dice < 92) {
                store.collect();
            } else if (dice < 96) {
                now = now.plusSeconds(random.nextInt(6));
            } else if (dice < 98) {
                crash(store);
                store = reopen();
            } else {
                rewind(store, random);
            }
            compare(store, i % 20 == 0);
        }
        store.close();
    }

    private void decide(RecoveryStore store, Random random, int changes) {
        TreeMap<String, String> state = new TreeMap<>();
        if (!model.isEmpty()) {
            state.putAll(model.lastEntry().getValue());
        }
        List<StatePage> pages = new ArrayList<>();
        if (random.nextInt(60) == 0) {
            pages.add(StatePage.clearing(STATE));
            state.clear();
        }
        PageWriter writer = new PageWriter(STATE, 1, 1 + random.nextInt(2));
        TreeMap<String, String> changed = new TreeMap<>();
        for (int i = random.nextInt(changes); i >= 0; i--) {
            changed.put("key" + random.nextInt(400), random.nextInt(4) == 0 ? "" : "v" + i);
        }
        changed.forEach(
                (key, value) -> {
                    if (value.isEmpty()) {
                        writer.remove(key.getBytes(UTF_8));
                        state.remove(key);
                    } else {
                        writer.add(key.getBytes(UTF_8), value.getBytes(UTF_8));
                        state.put(key, value);
                    }
                });
        pages.add(writer.toPage());
        highest += 1 + random.nextInt(2);
        store.decide(new EpochSnapshot(highest, pages, Map.of()));
        model.put(highest, state);
        now = now.plusMillis(200);
    }

    private void rewind(RecoveryStore store, Random random) {
        List<Long> choices =
                new ArrayList<>(
                        store.epochs().stream()
                                .filter(EpochRecord::restorable)
                                .map(EpochRecord::epoch)
                                .toList());
        if (!choices.isEmpty()) {
            long target = choices.get(random.nextInt(choices.size()));
            store.rewindTo(target);
            model.tailMap(target, false).clear();
        }
    }

    private void compare(RecoveryStore store, boolean all) {
        assertThat(store.highestEpoch()).isEqualTo(highest);
        assertThat(store.decidedEpoch()).isEqualTo(model.isEmpty() ? 0 : model.lastKey());
        for (EpochRecord record : store.epochs()) {
            if (record.restorable() && (all || record.epoch() == store.decidedEpoch())) {
                assertThat(state(store, record.epoch())).isEqualTo(model.get(record.epoch()));
            }
        }
    }

    private RecoveryStore reopen() {
        RecoveryStore store =
                open(
                        "orders",
                        StoreOptions.defaults().withRetention(RETENTION).withClock(() -> now));
        store.schemaId("one");
        store.schemaId("two");
        return store;
    }

    private static Map<String, String> state(RecoveryStore store, long epoch) {
        Map<String, String> entries = new TreeMap<>();
        store.restore(
                epoch,
                page -> {
                    PageCursor entry = page.cursor();
                    while (entry.next()) {
                        String key = new String(entry.key(), UTF_8);
                        assertThat(entries.put(key, new String(entry.value(), UTF_8))).isNull();
                    }
                });
        return entries;
    }
}
