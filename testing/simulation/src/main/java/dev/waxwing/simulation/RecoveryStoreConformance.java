package dev.waxwing.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.RecoveryException;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whether a store keeps the promises of {@link RecoveryStore}. The author of a store extends it by
 * a test class that says how the store is opened, and how a crash leaves it.
 */
public abstract class RecoveryStoreConformance {

    private static final StateId CART = new StateId("shop.cart", "state");
    private static final StateId INPUT = new StateId("shop.orders", "position");

    private final TestClock clock = new TestClock();
    private Duration retention = Duration.ZERO;
    private RecoveryStore store;

    /** For subclasses in the module of a store. */
    protected RecoveryStoreConformance() {}

    /** Opens the store under test; the same one each time. */
    protected abstract RecoveryStore open(String dataflowName, StoreOptions options);

    /** Ends the use of a store as the end of its process would. */
    protected abstract void crash(RecoveryStore store);

    @BeforeEach
    void openStore() {
        store = reopen();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void newStoreHasNoEpochs() {
        assertThat(store.decidedEpoch()).isZero();
        assertThat(store.doneEpoch()).isZero();
        assertThat(store.highestEpoch()).isZero();
        assertThat(store.epochs()).isEmpty();
        assertThat(state(0)).isEmpty();
    }

    @Test
    void decidedEpochSurvivesACrash() {
        decide(1, Map.of("a", "1", "b", "2"));

        crashAndReopen();

        assertThat(store.decidedEpoch()).isEqualTo(1);
        assertThat(state(1)).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void newestValueOfAKeyWinsAndRemovedKeysAreAbsent() {
        decide(1, Map.of("a", "1", "b", "1", "c", "1"));
        decide(2, Map.of("a", "2", "b", "-"));
        decide(3, Map.of("b", "-", "c", "3"));

        assertThat(state(3)).isEqualTo(Map.of("a", "2", "c", "3"));
    }

    @Test
    void whatWasCompactedBeforeARewindToTheBeginningHasNoEffectAfter() {
        TreeMap<String, String> many = new TreeMap<>();
        for (int i = 0; i < 2_000; i++) {
            many.put("old" + i, "value");
        }
        for (int epoch = 1; epoch <= 5; epoch++) {
            decide(epoch, many);
            store.done(epoch);
            collectAll();
        }
        store.rewindTo(0);
        store.decide(EpochSnapshot.of(6));
        store.done(6);
        collectAll();

        decide(7, Map.of("a", "7", "gone", "7"));
        decide(8, Map.of("a", "8", "gone", "-"));

        assertThat(state(8)).isEqualTo(Map.of("a", "8"));
        crashAndReopen();
        assertThat(state(8)).isEqualTo(Map.of("a", "8"));
    }

    @Test
    void removedKeyMayComeBack() {
        decide(1, Map.of("a", "1"));
        decide(2, Map.of("a", "-"));
        decide(3, Map.of("a", "3"));

        assertThat(state(3)).isEqualTo(Map.of("a", "3"));
    }

    @Test
    void statesDoNotShareKeys() {
        PageWriter input = new PageWriter(INPUT, 1, 1);
        input.add(bytes("a"), bytes("position"));
        store.decide(EpochSnapshot.of(1, page(Map.of("a", "cart")), input.toPage()));

        assertThat(state(1, CART)).isEqualTo(Map.of("a", "cart"));
        assertThat(state(1, INPUT)).isEqualTo(Map.of("a", "position"));
    }

    @Test
    void clearingPageRemovesAllThatItsStateHadBefore() {
        decide(1, Map.of("a", "1", "b", "1"));
        store.decide(EpochSnapshot.of(2, StatePage.clearing(CART), page(Map.of("c", "2"))));

        assertThat(state(2)).isEqualTo(Map.of("c", "2"));
        assertThat(state(1)).isEqualTo(Map.of("a", "1", "b", "1"));
    }

    @Test
    void pagesKeepTheirSchemas() {
        int key = store.schemaId("\"String\"");
        int value = store.schemaId("\"Long\"");
        PageWriter page = new PageWriter(CART, key, value);
        page.add(bytes("a"), bytes("1"));
        store.decide(EpochSnapshot.of(1, page.toPage()));

        crashAndReopen();

        store.restore(
                1,
                restored -> {
                    assertThat(store.schema(restored.keySchema())).isEqualTo("\"String\"");
                    assertThat(store.schema(restored.valueSchema())).isEqualTo("\"Long\"");
                });
    }

    @Test
    void sameSchemaGetsTheSameNumberForEver() {
        int id = store.schemaId("one");
        int other = store.schemaId("two");
        decide(1, Map.of());

        crashAndReopen();

        assertThat(id).isNotEqualTo(other).isPositive();
        assertThat(store.schemaId("one")).isEqualTo(id);
        assertThat(store.schemaId("two")).isEqualTo(other);
    }

    @Test
    void unknownSchemaIsAnError() {
        assertThatThrownBy(() -> store.schema(99))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("no schema 99");
    }

    @Test
    void pageOfAnUnknownSchemaIsRefused() {
        PageWriter page = new PageWriter(CART, 1, 99);
        page.add(bytes("a"), bytes("1"));

        assertThatThrownBy(() -> store.decide(EpochSnapshot.of(1, page.toPage())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names schemas 1 and 99")
                .hasMessageContaining("schemaId");
        assertThat(store.decidedEpoch()).isZero();
    }

    @Test
    void generationGrowsWithEveryOpening() {
        long first = store.generation();
        crashAndReopen();
        long second = store.generation();
        crashAndReopen();

        assertThat(second).isGreaterThan(first);
        assertThat(store.generation()).isGreaterThan(second);
    }

    @Test
    void lineageNeverChanges() {
        UUID lineage = store.lineage();

        crashAndReopen();

        assertThat(store.lineage()).isEqualTo(lineage);
    }

    @Test
    void epochTellsWhoDecidedItAndWhen() {
        store.decide(new EpochSnapshot(3, List.of(), Map.of("note", "text")));

        crashAndReopen();

        assertThat(store.epochs())
                .containsExactly(
                        new EpochRecord(
                                3,
                                store.generation() - 1,
                                2,
                                clock.instant(),
                                false,
                                true,
                                Map.of("note", "text")));
    }

    @Test
    void epochsMustGrow() {
        decide(5, Map.of());

        assertThatThrownBy(() -> decide(5, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("epoch 5")
                .hasMessageContaining("decide 6 or a later one");
    }

    @Test
    void doneSurvivesACrash() {
        decide(1, Map.of());
        decide(2, Map.of());
        store.done(1);

        crashAndReopen();

        assertThat(store.doneEpoch()).isEqualTo(1);
        assertThat(store.decidedEpoch()).isEqualTo(2);
    }

    @Test
    void doneAgainIsNothing() {
        decide(1, Map.of());
        decide(2, Map.of());
        store.done(2);
        store.done(1);

        assertThat(store.doneEpoch()).isEqualTo(2);
    }

    @Test
    void undecidedEpochCannotBeDone() {
        assertThatThrownBy(() -> store.done(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("epoch 1 cannot be done");
    }

    @Test
    void nothingIsCollectedBeforeItsSuccessorIsDone() {
        decide(1, Map.of("a", "1"));
        decide(2, Map.of("a", "2"));
        collectAll();

        assertThat(state(1)).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void supersededEpochsGoWhenTheirSuccessorIsDone() {
        decide(1, Map.of("a", "1"));
        decide(2, Map.of("a", "2"));
        store.done(2);

        assertThat(store.epochs()).extracting(EpochRecord::epoch).containsExactly(2L);
        assertThatThrownBy(() -> state(1))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("epoch 1 cannot be restored")
                .hasMessageContaining("choose one of [2]");
    }

    @Test
    void retentionKeepsSupersededEpochsRestorable() {
        retention = Duration.ofMinutes(10);
        crashAndReopen();
        decide(1, Map.of("a", "1"));
        clock.pass(Duration.ofHours(1));
        decide(2, Map.of("a", "2"));
        store.done(2);
        clock.pass(Duration.ofMinutes(9));
        collectAll();

        assertThat(state(1)).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void supersededEpochsGoWhenRetentionHasPassed() {
        retention = Duration.ofMinutes(10);
        crashAndReopen();
        decide(1, Map.of("a", "1"));
        decide(2, Map.of("a", "2"));
        store.done(2);
        clock.pass(Duration.ofMinutes(10));
        collectAll();

        assertThat(store.epochs()).extracting(EpochRecord::epoch).containsExactly(2L);
    }

    @Test
    void clockThatGoesBackCollectsNothingMore() {
        manyEpochs(40);
        clock.pass(Duration.ofDays(-1));
        decide(41, Map.of("k40", "x"));
        store.done(41);
        collectAll();

        assertThat(state(41)).isEqualTo(expected(40, "k40", "x"));
    }

    @Test
    void compactionChangesNothingThatCanBeRestored() {
        manyEpochs(200);

        assertThat(state(200)).isEqualTo(expected(200, "none", ""));
        crashAndReopen();
        assertThat(state(200)).isEqualTo(expected(200, "none", ""));
    }

    @Test
    void rewoundEpochsAreNotRestored() {
        retention = Duration.ofMinutes(10);
        crashAndReopen();
        decide(1, Map.of("a", "1"));
        decide(2, Map.of("a", "2", "b", "2"));
        store.done(2);

        store.rewindTo(1);
        decide(3, Map.of("c", "3"));

        assertThat(state(3)).isEqualTo(Map.of("a", "1", "c", "3"));
        assertThatThrownBy(() -> state(2)).hasMessageContaining("it was rewound");
    }

    @Test
    void rewoundNumbersAreNotUsedAgain() {
        retention = Duration.ofMinutes(10);
        crashAndReopen();
        decide(1, Map.of());
        decide(2, Map.of());
        store.rewindTo(1);

        crashAndReopen();

        assertThat(store.decidedEpoch()).isEqualTo(1);
        assertThat(store.highestEpoch()).isEqualTo(2);
        assertThatThrownBy(() -> decide(2, Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rewoundNumbersAreNotUsedAgainAfterTheyAreCollected() {
        decide(1, Map.of());
        decide(2, Map.of());
        store.rewindTo(1);
        collectAll();

        crashAndReopen();

        assertThat(store.epochs()).extracting(EpochRecord::epoch).containsExactly(1L);
        assertThat(store.highestEpoch()).isEqualTo(2);
    }

    @Test
    void rewindToTheBeginningForgetsEverything() {
        manyEpochs(50);
        store.rewindTo(0);
        assertThat(store.decidedEpoch()).isZero();
        decide(51, Map.of("new", "1"));
        store.done(51);
        collectAll();

        assertThat(state(51)).isEqualTo(Map.of("new", "1"));
    }

    @Test
    void rewindOfDoneEpochsTakesBackThatTheyAreDone() {
        retention = Duration.ofMinutes(10);
        crashAndReopen();
        decide(1, Map.of());
        store.done(1);
        decide(2, Map.of());
        store.done(2);
        store.rewindTo(1);

        assertThat(store.doneEpoch()).isEqualTo(1);
    }

    @Test
    void collectedEpochCannotBeRewoundTo() {
        manyEpochs(3);

        assertThatThrownBy(() -> store.rewindTo(1))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("epoch 1 cannot be restored");
    }

    @Test
    void manyKeysAreRestoredOnceEach() {
        PageWriter writer = new PageWriter(CART, 1, 1);
        for (int i = 0; i < 1_000; i++) {
            writer.add(bytes("key" + i), bytes("v"));
        }
        store.decide(EpochSnapshot.of(1, writer.toPage()));

        assertThat(state(1)).hasSize(1_000);
    }

    @Test
    void storeKnowsTheTokensOfEarlierExecutions() {
        long generation = store.generation();
        UUID token = store.token();
        crashAndReopen();

        assertThat(store.hadExecution(generation, token)).isTrue();
        assertThat(store.hadExecution(generation, store.token())).isFalse();
        assertThat(store.hadExecution(store.generation(), store.token())).isFalse();
        assertThat(store.hadExecution(store.generation() + 1, token)).isFalse();
        assertThat(store.hadExecution(0, token)).isFalse();
    }

    @Test
    void storeInUseIsRefused() {
        assertThatThrownBy(this::reopen)
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("is in use");
    }

    @Test
    void storeIsUsableAfterARefusedOpening() {
        assertThatThrownBy(this::reopen).isInstanceOf(RecoveryException.class);
        decide(1, Map.of("a", "1"));

        assertThat(state(1)).isEqualTo(Map.of("a", "1"));
        assertThatThrownBy(this::reopen).isInstanceOf(RecoveryException.class);
    }

    @Test
    void storeOfAnotherDataflowIsRefused() {
        store.close();

        assertThatThrownBy(() -> open("payments", StoreOptions.defaults()))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("belongs to dataflow 'orders', but 'payments' was started");
        store = reopen();
    }

    @Test
    void closedStoreRefusesToWork() {
        store.close();
        store.close();

        assertThatThrownBy(() -> decide(1, Map.of())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> state(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.collect()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void failureOfTheConsumerReachesTheCaller() {
        decide(1, Map.of("a", "1"));

        assertThatThrownBy(
                        () ->
                                store.restore(
                                        1,
                                        page -> {
                                            throw new IllegalStateException("mine");
                                        }))
                .hasMessage("mine");
        assertThat(state(1)).isEqualTo(Map.of("a", "1"));
    }

    /**
     * Epochs 1 to n: one key of its own each, one key that changes always, one that comes, goes.
     */
    private void manyEpochs(int n) {
        for (int epoch = 1; epoch <= n; epoch++) {
            String flicker = epoch % 2 == 0 ? "-" : "" + epoch;
            decide(epoch, Map.of("k" + epoch, "v", "always", "" + epoch, "flicker", flicker));
            store.done(epoch);
        }
    }

    private static Map<String, String> expected(int epochs, String key, String value) {
        Map<String, String> expected = new TreeMap<>();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            expected.put("k" + epoch, "v");
        }
        expected.put("always", "" + epochs);
        if (epochs % 2 == 1) {
            expected.put("flicker", "" + epochs);
        }
        expected.computeIfPresent(key, (k, old) -> value);
        return expected;
    }

    private void collectAll() {
        while (store.collect()) {
            assertThat(store.decidedEpoch()).isNotNegative();
        }
    }

    private void crashAndReopen() {
        crash(store);
        store = reopen();
    }

    private RecoveryStore reopen() {
        RecoveryStore opened =
                open(
                        "orders",
                        StoreOptions.defaults()
                                .withRetention(retention)
                                .withWorkers(2)
                                .withClock(clock));
        opened.schemaId("\"String\"");
        return opened;
    }

    private void decide(long epoch, Map<String, String> changes) {
        store.decide(
                changes.isEmpty()
                        ? EpochSnapshot.of(epoch)
                        : EpochSnapshot.of(epoch, page(changes)));
    }

    private static StatePage page(Map<String, String> changes) {
        PageWriter writer = new PageWriter(CART, 1, 1);
        changes.forEach(
                (key, value) -> {
                    if (value.equals("-")) {
                        writer.remove(bytes(key));
                    } else {
                        writer.add(bytes(key), bytes(value));
                    }
                });
        return writer.toPage();
    }

    private Map<String, String> state(long epoch) {
        return state(epoch, CART);
    }

    private Map<String, String> state(long epoch, StateId state) {
        Map<String, String> entries = new TreeMap<>();
        store.restore(
                epoch,
                page -> {
                    PageCursor entry = page.cursor();
                    while (entry.next() && page.state().equals(state)) {
                        String key = new String(entry.key(), UTF_8);
                        assertThat(
                                        entries.put(
                                                key,
                                                new String(
                                                        Objects.requireNonNull(entry.value()),
                                                        UTF_8)))
                                .isNull();
                    }
                });
        return entries;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** A clock that stands still until told otherwise. */
    private static final class TestClock implements java.time.InstantSource {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration duration) {
            now = now.plus(duration);
        }
    }
}
