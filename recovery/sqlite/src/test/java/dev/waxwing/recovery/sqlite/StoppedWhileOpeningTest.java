package dev.waxwing.recovery.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An execution that is stopped at a point of making, opening or taking over a store, and goes on
 * when another one has come between. Whoever is refused is told so, and nothing is lost.
 */
final class StoppedWhileOpeningTest {

    private static final StateId CART = new StateId("shop.cart", "state");
    private static final StoreOptions TAKING_OVER = StoreOptions.defaults().withTakeOver();
    private static StoppedProcess first;
    private static StoppedProcess second;

    @TempDir private Path directory;

    @BeforeAll
    static void startProcesses() throws IOException {
        first = StoppedProcess.start();
        second = StoppedProcess.start();
    }

    @AfterAll
    static void endProcesses() {
        first.close();
        second.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open.begun",
                "open.announced",
                "open.verified",
                "make.begun",
                "make.committed",
                "open.connected"
            })
    void storeInTheMakingIsNotPutInThePlaceOfAnotherOne(String point) throws IOException {
        assertThat(first.opens(directory, false, point)).isTrue();
        decide(1, "a");

        assertThat(first.goesOn()).contains("another process, which has just taken it over");

        assertKeys("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"make.locked", "begin.locked", "begin.recorded", "begin.confirmed"})
    void executionStoppedInATransactionMustBeEnded(String point) throws IOException {
        assertThat(first.opens(directory, false, point)).isTrue();

        assertThat(refusal()).contains("stopped in the middle of writing", "end it and try again");

        assertThat(first.goesOn()).isEqualTo("open 1");
        assertThat(first.decides()).isEqualTo("decided 1");
        assertThat(keys(1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin.committed", "open.done"})
    void executionStoppedWhenItsGenerationIsRecordedIsFenced(String point) throws IOException {
        assertThat(first.opens(directory, false, point)).isTrue();
        decide(1, "a");

        assertThat(first.goesOn()).isEqualTo("open 1");
        assertThat(first.decides()).contains("was taken over by generation 2");

        assertKeys("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open.begun",
                "open.verified",
                "open.connected",
                "begin.locked",
                "begin.recorded",
                "begin.confirmed",
                "begin.committed"
            })
    void whoTakesOverFromTwoIsRefusedUntilTheFirstOneIsThrough(String point) throws IOException {
        decide(1, "a");
        assertThat(second.opens(directory, false, "open.done")).isTrue();
        assertThat(first.opens(directory, true, point)).isTrue();

        assertThat(refusal()).contains("which takes it over just now", "end that process");

        assertThat(first.goesOn()).isEqualTo("open 3");
        assertThat(first.decides()).isEqualTo("decided 2");
        assertThat(second.goesOn()).isEqualTo("open 2");
        assertThat(second.decides()).contains("was taken over by generation 3");
        assertKeys("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin.committed", "begin.confirmed"})
    void whoDiedWhileTakingOverLeavesTheLockToTheOneWhoHangs(String point) throws IOException {
        decide(1, "a");
        assertThat(second.opens(directory, false, "open.done")).isTrue();
        try (StoppedProcess dying = StoppedProcess.start()) {
            assertThat(dying.opens(directory, true, point)).isTrue();
        }

        assertThatThrownBy(this::open)
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("is in use by process " + second.pid());
        decide(2, "b");
        assertThat(second.goesOn()).isEqualTo("open 2");
        assertThat(second.decides()).contains("was taken over by generation");
        assertKeys("a", "b");
    }

    @Test
    void whoIsStoppedBeforeItsLockComesAfterWhoeverWasThere() throws IOException {
        assertThat(first.opens(directory, false, "open.prepared")).isTrue();
        decide(1, "a");

        assertThat(first.goesOn()).isEqualTo("open 2");
        assertThat(first.decides()).isEqualTo("decided 2");

        assertKeys("a", "b");
    }

    @Test
    void whoHasTakenOverIsFencedAsOthersAre() throws IOException {
        decide(1, "a");
        assertThat(second.opens(directory, false, "open.done")).isTrue();
        assertThat(first.opens(directory, true, "open.done")).isTrue();
        decide(2, "b");

        assertThat(first.goesOn()).isEqualTo("open 3");
        assertThat(first.decides()).contains("was taken over by generation 4");
        assertThat(second.goesOn()).isEqualTo("open 2");
        assertThat(second.decides()).contains("was taken over by generation");
        assertKeys("a", "b");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void takerWhoseCommitFailsLeavesTheStoreToWhoHoldsIt() throws Exception {
        decide(1, "a");
        assertThat(second.opens(directory, false, "open.done")).isTrue();
        try (StoppedProcess failing = StoppedProcess.start()) {
            assertThat(failing.opens(directory, true, "begin.confirmed")).isTrue();
            assertThat(failing.canWriteNoMore()).isZero();
            assertThat(failing.goesOn())
                    .contains("taking it over from process " + second.pid(), "the disk failed");
        }

        assertThatThrownBy(this::open)
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("is in use by process " + second.pid());
        assertThat(second.goesOn()).isEqualTo("open 2");
        assertThat(second.decides()).isEqualTo("decided 2");
        try (RecoveryStore store = SqliteRecoveryStore.open(directory, "orders", TAKING_OVER)) {
            assertThat(store.generation()).isEqualTo(3);
            assertThat(store.decidedEpoch()).isEqualTo(2);
        }
    }

    @Test
    void openingThatFindsTheLockFreeWhileAnotherOneTakesOverIsRefused() throws IOException {
        decide(1, "a");
        try (StoppedProcess holder = StoppedProcess.start()) {
            assertThat(holder.opens(directory, false, "open.done")).isTrue();
            assertThat(first.opens(directory, true, "begin.committed")).isTrue();
        }

        assertThat(second.opens(directory, false, "open.connected")).isTrue();
        assertThat(second.goesOn()).contains("which takes it over just now");

        assertThat(first.goesOn()).isEqualTo("open 3");
        assertThat(first.decides()).isEqualTo("decided 2");
        assertKeys("a", "b");
    }

    /** Takes the store over, if it is in use, and decides an epoch. */
    private void decide(long epoch, String key) {
        try (RecoveryStore store = SqliteRecoveryStore.open(directory, "orders", TAKING_OVER)) {
            int schema = store.schemaId("\"String\"");
            PageWriter page = new PageWriter(CART, schema, schema);
            page.add(key.getBytes(UTF_8), new byte[] {1});
            store.decide(
                    EpochSnapshot.of(Math.max(epoch, store.highestEpoch() + 1), page.toPage()));
        }
    }

    private RecoveryStore open() {
        return SqliteRecoveryStore.open(directory, "orders", StoreOptions.defaults());
    }

    private void assertKeys(String... keys) {
        decide(1, "b");
        assertThat(keys(keys.length)).isEqualTo(keys.length);
    }

    private long keys(int expected) {
        long[] count = {0};
        try (RecoveryStore store = SqliteRecoveryStore.open(directory, "orders", TAKING_OVER)) {
            store.restore(store.decidedEpoch(), page -> count[0] += page.entries());
        }
        assertThat(count[0]).isLessThanOrEqualTo(expected);
        return count[0];
    }

    private String refusal() {
        try {
            SqliteRecoveryStore.open(directory, "orders", TAKING_OVER).close();
            return "opened";
        } catch (RecoveryException refused) {
            return String.valueOf(refused.getMessage());
        }
    }
}
