package dev.waxwing.recovery.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.FaultHook;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that is taken over from a process that is still there. */
final class StoreTakeOverTest {

    private static final StateId CART = new StateId("shop.cart", "state");
    private static final StoreOptions TAKING_OVER = StoreOptions.defaults().withTakeOver();
    private static final StoreOptions KEEPING =
            StoreOptions.defaults().withRetention(Duration.ofDays(1));

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"decide", "done", "collect", "rewind", "put"})
    void executionThatWasTakenOverWritesNoMore(String write) throws IOException {
        fill();
        try (OtherProcess old = OtherProcess.holding(directory)) {
            assertThat(old.does("decide")).isEqualTo("done: decide");
            try (RecoveryStore store = open(KEEPING.withTakeOver())) {
                store.decide(EpochSnapshot.of(5, page("new")));
                store.segments().put("outbox.rejected.0", new byte[] {2});

                assertThat(old.does(write))
                        .contains("was taken over by generation 3, process " + ownPid())
                        .contains("while generation 2 was running, which writes no more")
                        .contains("leave the work to it");
                assertThat(store.decidedEpoch()).isEqualTo(5);
                assertThat(store.segments().get("outbox.rejected.0")).containsExactly(2);
            }
        }
        try (RecoveryStore store = open(StoreOptions.defaults())) {
            assertThat(store.epochs())
                    .extracting(EpochRecord::epoch)
                    .containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(store.doneEpoch()).isEqualTo(3);
            assertThat(keys(store)).isEqualTo(4);
        }
    }

    @Test
    void whatTheOlderExecutionHasDecidedIsThere() throws IOException {
        try (OtherProcess old = OtherProcess.holding(directory)) {
            old.does("decide");
            old.does("decide");

            try (RecoveryStore store = open(TAKING_OVER)) {
                assertThat(store.generation()).isEqualTo(2);
                assertThat(store.decidedEpoch()).isEqualTo(2);
            }
        }
    }

    @Test
    void generationThatWasTakenOverIsRemembered() throws IOException {
        open(StoreOptions.defaults()).close();
        try (OtherProcess old = OtherProcess.holding(directory)) {
            assertThat(old.pid()).isNotEqualTo(ownPid());
            open(TAKING_OVER).close();
        }

        try (RecoveryStore store = open(StoreOptions.defaults())) {
            assertThat(store.takenOverGeneration()).isEqualTo(2);
            assertThat(store.generation()).isEqualTo(4);
        }
    }

    @Test
    void storeThatNobodyUsesIsNotTakenOver() throws IOException {
        OtherProcess.holding(directory).close();

        try (RecoveryStore store = open(TAKING_OVER)) {
            assertThat(store.generation()).isEqualTo(2);
            assertThat(store.takenOverGeneration()).isZero();
        }
    }

    @Test
    void executionOfThisProcessIsNotTakenOver() {
        try (RecoveryStore store = open(StoreOptions.defaults())) {
            assertThatThrownBy(() -> open(TAKING_OVER))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("which is this process; stop that execution first");
            store.decide(EpochSnapshot.of(1));
        }
    }

    @Test
    void executionThatTookOverHoldsTheStore() throws IOException {
        try (OtherProcess old = OtherProcess.holding(directory)) {
            try (RecoveryStore store = open(TAKING_OVER)) {
                assertThat(old.does("decide")).contains("was taken over");
                old.close();

                assertThat(OtherProcess.opening(directory))
                        .contains("is in use by process " + ownPid());
                store.decide(EpochSnapshot.of(1));
            }
        }
    }

    @Test
    void ofTwoThatTakeOverAtOnceOneIsRefused() throws IOException {
        try (OtherProcess old = OtherProcess.holding(directory)) {
            assertThat(old.does("decide")).isEqualTo("done: decide");
            try (StoreLock first = StoreLock.take(directory, TAKING_OVER)) {
                assertThat(OtherProcess.opening(directory, "take over"))
                        .contains("process " + ownPid())
                        .contains("which takes it over just now");
                first.confirm();
                first.moveIntoPlace();
            }
            assertThat(OtherProcess.opening(directory, "take over"))
                    .isEqualTo("open with generation 2");
        }
    }

    @Test
    void lockThatWasReplacedMeanwhileIsNotConfirmed() throws IOException {
        try (StoreLock lock = StoreLock.take(directory, StoreOptions.defaults())) {
            replaceLock();

            assertThatThrownBy(lock::confirm).hasMessageContaining("has just taken it over");
        }
    }

    @Test
    void executionThatHasLostItsLockMakesNoStore() throws Exception {
        FaultHook takeOver =
                point -> {
                    if (point.equals("make.begun")) {
                        replaceLock();
                    }
                };

        assertThatThrownBy(
                        () ->
                                SqliteRecoveryStore.open(
                                        directory, "orders", StoreOptions.defaults(), takeOver))
                .hasMessageContaining("has just taken it over");

        try (StoreFile file = StoreOpening.makeEmpty(directory)) {
            assertThat(file.number("SELECT count(*) FROM sqlite_master")).isZero();
        }
    }

    /** Where files have no identity, the lock does not tell that another process came between. */
    @Test
    void tablesThatAnotherProcessHasMadeMeanwhileAreNotMadeAgain() {
        FaultHook comeBetween =
                point -> {
                    if (point.equals("make.begun")) {
                        makeTables();
                    }
                };

        assertThatThrownBy(
                        () ->
                                SqliteRecoveryStore.open(
                                        directory, "orders", StoreOptions.defaults(), comeBetween))
                .hasMessageContaining("what its rows add up to cannot be read");
    }

    @Test
    void whatAProcessLeftThatDiedWhileTakingOverDoesNoHarm() throws IOException {
        try (OtherProcess old = OtherProcess.holding(directory)) {
            Files.writeString(directory.resolve("lock.new"), "process 7 on a host since ever");

            try (RecoveryStore store = open(TAKING_OVER)) {
                assertThat(store.generation()).isEqualTo(2);
                assertThat(old.does("decide")).contains("was taken over by generation 2");
            }
            assertThat(directory.resolve("lock.new")).doesNotExist();
        }
    }

    @Test
    void storeThatIsAbandonedAfterItWasTakenOverStays() throws IOException {
        try (OtherProcess old = OtherProcess.holding(directory)) {
            assertThat(old.does("abandon")).isEqualTo("done: abandon");
            try (RecoveryStore store = open(TAKING_OVER)) {
                store.decide(EpochSnapshot.of(1, page("new")));
                assertThat(old.does("close")).isEqualTo("done: close");

                store.checkIntact();
                store.decide(EpochSnapshot.of(2));
            }
        }
        try (RecoveryStore store = open(StoreOptions.defaults())) {
            assertThat(store.decidedEpoch()).isEqualTo(2);
        }
    }

    @Test
    void lockSaysNothingOfAnEarlierHolderWhoseNameWasLonger() throws IOException {
        Path place = Files.writeString(directory.resolve("lock"), "process 4711 ".repeat(30));

        try (StoreLock lock = StoreLock.take(directory, StoreOptions.defaults())) {
            assertThat(lock.former()).isNull();
            assertThat(place)
                    .content()
                    .startsWith("process " + ownPid())
                    .doesNotContain("process 4711");
        }
    }

    @Test
    void executionThatHangsInAWriteMustBeEndedAndKeepsTheStore() throws IOException {
        try (OtherProcess old = OtherProcess.holding(directory)) {
            old.does("hang in a write");

            assertThatThrownBy(() -> open(TAKING_OVER))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("taking it over from process " + old.pid())
                    .hasMessageContaining("stopped in the middle of writing")
                    .hasMessageContaining("end it and try again");
            assertThatThrownBy(() -> open(StoreOptions.defaults()))
                    .hasMessageContaining("is in use by process " + old.pid());
        }
        open(StoreOptions.defaults()).close();
    }

    private void replaceLock() {
        try {
            Path other = Files.writeString(directory.resolve("other"), "process 7");
            Files.move(other, directory.resolve("lock"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeTables() {
        try (StoreFile file = StoreOpening.makeEmpty(directory)) {
            for (String table : StoreFormat.tables()) {
                file.run(table);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fill() {
        try (RecoveryStore store = open(KEEPING)) {
            for (int epoch = 1; epoch <= 3; epoch++) {
                store.decide(EpochSnapshot.of(epoch, page("old" + epoch)));
                store.done(epoch);
            }
        }
    }

    private RecoveryStore open(StoreOptions options) {
        RecoveryStore store = SqliteRecoveryStore.open(directory, "orders", options);
        store.schemaId("\"String\"");
        return store;
    }

    private static long ownPid() {
        return ProcessHandle.current().pid();
    }

    private static StatePage page(String key) {
        PageWriter writer = new PageWriter(CART, 1, 1);
        writer.add(key.getBytes(UTF_8), "value".getBytes(UTF_8));
        return writer.toPage();
    }

    private static long keys(RecoveryStore store) {
        long[] count = {0};
        store.restore(store.decidedEpoch(), page -> count[0] += page.entries());
        return count[0];
    }
}
