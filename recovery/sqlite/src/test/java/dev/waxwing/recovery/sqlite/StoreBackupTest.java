package dev.waxwing.recovery.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.page.PageCursor;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.segment.SegmentReader;
import dev.waxwing.recovery.segment.SegmentRef;
import dev.waxwing.recovery.segment.SegmentWriter;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.FaultHook;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a store that an execution has in use: each is the store as of one moment. */
final class StoreBackupTest {

    private static final StateId CART = new StateId("shop.cart", "state");
    private static final int KEYS = 50;
    private static final int BACKUPS = 6;

    @TempDir private Path temporary;

    private final List<SegmentRef> outboxes = new ArrayList<>();
    private SqliteRecoveryStore store;

    private void openStore() {
        store = open(temporary.resolve("store"));
    }

    @AfterEach
    void closeStore() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void copyIsTheStoreOfTheMomentThoughTheExecutionGoesOn() {
        openStore();
        decide(1);
        store.done(1);
        decide(2);

        StoreBackup backup = backup("copy", FaultHook.NONE);
        decide(3);
        store.done(3);
        deleteOutboxesUpTo(3);

        assertThat(backup).isEqualTo(new StoreBackup(2, 1, 2));
        try (RecoveryStore copy = open(temporary.resolve("copy"))) {
            assertThat(copy.decidedEpoch()).isEqualTo(2);
            assertThat(copy.doneEpoch()).isEqualTo(1);
            assertThat(entries(copy, 2)).isEqualTo(Map.of("key", "2"));
            assertThat(copy.lineage()).isEqualTo(store.lineage());
            assertThat(copy.generation()).isEqualTo(store.generation() + 1);
            assertThat(copy.hadExecution(store.generation(), store.token())).isTrue();
            assertReadable(copy, outboxes.get(1));
        }
    }

    @Test
    void smallSegmentsAreInTheCopy() {
        openStore();
        store.segments().put("small", new byte[] {1, 2});
        decide(1);

        backup("copy", FaultHook.NONE);

        try (RecoveryStore copy = open(temporary.resolve("copy"))) {
            assertThat(copy.segments().get("small")).containsExactly(1, 2);
        }
    }

    @Test
    void epochThatIsDoneBeforeOutboxesAreOpenedMakesTheBackupLookAgain() {
        assertLooksAgainIfAnEpochIsDoneAt("backup.begun");
    }

    @Test
    void epochThatIsDoneWhileOutboxesAreOpenedMakesTheBackupLookAgain() {
        assertLooksAgainIfAnEpochIsDoneAt("backup.opened");
    }

    @Test
    void outboxThatIsDeletedOnceItIsOpenIsInTheCopy() {
        openStore();
        decide(1);

        backup(
                "copy",
                at -> {
                    if (at.equals("backup.sure")) {
                        store.done(1);
                        deleteOutboxesUpTo(1);
                    }
                });

        assertThat(store.segments().names()).isEmpty();
        try (RecoveryStore copy = open(temporary.resolve("copy"))) {
            assertThat(copy.doneEpoch()).isZero();
            assertReadable(copy, outboxes.get(0));
        }
    }

    @Test
    void storeThatIsWrittenToAllTheTimeGivesNoBackupAndSaysWhatToDo() {
        openStore();
        AtomicInteger epoch = new AtomicInteger();

        assertThatThrownBy(
                        () ->
                                backup(
                                        "copy",
                                        at -> {
                                            if (at.equals("backup.opened")) {
                                                decide(epoch.incrementAndGet());
                                            }
                                        }))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("recovery store " + temporary.resolve("store"))
                .hasMessageContaining("take the backup again when less is written");
    }

    @Test
    void everyCopyOfAStoreThatIsWrittenToIsOneEpochAsAWhole() throws Exception {
        long seed = Long.getLong("waxwing.seed", new Random().nextLong());
        System.out.println("store backup: seed " + seed);
        Random random = new Random(seed);
        openStore();
        AtomicBoolean isOver = new AtomicBoolean();
        List<Throwable> failures = new ArrayList<>();
        Thread execution = new Thread(() -> writeUntil(isOver, random, failures));
        execution.start();
        long last = 0;
        for (int i = 0; i < BACKUPS; i++) {
            StoreBackup backup = backup("copy-" + i, FaultHook.NONE);

            try (RecoveryStore copy = open(temporary.resolve("copy-" + i))) {
                long epoch = copy.decidedEpoch();
                assertThat(epoch).isEqualTo(backup.decidedEpoch()).isGreaterThanOrEqualTo(last);
                last = epoch;
                if (epoch > 0) {
                    assertThat(entries(copy, epoch).values()).containsOnly(Long.toString(epoch));
                    for (long undone = copy.doneEpoch() + 1; undone <= epoch; undone++) {
                        assertReadable(copy, outbox(undone));
                    }
                }
            }
        }
        isOver.set(true);
        execution.join();
        assertThat(failures).isEmpty();
        assertThat(last).as("epochs").isGreaterThan(BACKUPS);
    }

    @Test
    void targetThatHoldsSomethingIsRefusedAndLeftAsItIs() throws IOException {
        openStore();
        Path file = Files.writeString(temporary.resolve("file"), "mine");
        Path full = Files.createDirectory(temporary.resolve("full"));
        Files.writeString(full.resolve("mine"), "mine");

        for (Path target : List.of(file, full, temporary.resolve("store"))) {
            assertThatThrownBy(() -> StoreBackup.take(temporary.resolve("store"), target))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("must go to a directory that is empty or missing, but ")
                    .hasMessageContaining(target + " is neither; give another one");
        }
        assertThat(file).hasContent("mine");
        assertThat(full).isDirectoryContaining("glob:**mine");
    }

    @Test
    void directoryWithoutAStoreMakesNoTarget() {
        assertThatThrownBy(() -> backup("copy", FaultHook.NONE))
                .hasMessageContaining(
                        "there is no recovery store in " + temporary.resolve("store"));
        assertThat(temporary.resolve("copy")).doesNotExist();
    }

    @Test
    void backupThatWasCutShortIsNoStore() {
        openStore();
        decide(1);
        assertThatThrownBy(
                        () ->
                                backup(
                                        "copy",
                                        at -> {
                                            if (at.equals("backup.copied")) {
                                                throw new IllegalStateException("killed");
                                            }
                                        }))
                .hasMessage("killed");

        assertThatThrownBy(() -> open(temporary.resolve("copy")))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("copy")
                .hasMessageContaining("recovery.mark");
    }

    @Test
    void damagedPageGivesNoBackup() throws Exception {
        openStore();
        decide(1);
        store.close();
        try (var file =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + temporary.resolve("store/recovery.sqlite"));
                var statement = file.createStatement()) {
            statement.execute("UPDATE page SET data = zeroblob(length(data))");
        }

        assertThatThrownBy(() -> backup("copy", FaultHook.NONE))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("is damaged, and so is the store, or the disk of the copy");
        assertThatThrownBy(() -> open(temporary.resolve("copy")))
                .isInstanceOf(RecoveryException.class);
    }

    private void assertLooksAgainIfAnEpochIsDoneAt(String point) {
        openStore();
        decide(1);
        AtomicInteger calls = new AtomicInteger();

        StoreBackup backup =
                backup(
                        "copy",
                        at -> {
                            if (at.equals(point) && calls.incrementAndGet() == 1) {
                                store.done(1);
                                deleteOutboxesUpTo(1);
                                decide(2);
                            }
                        });

        assertThat(calls).hasValue(2);
        assertThat(backup).isEqualTo(new StoreBackup(2, 1, 1));
        try (RecoveryStore copy = open(temporary.resolve("copy"))) {
            assertReadable(copy, outboxes.get(1));
        }
    }

    private StoreBackup backup(String name, FaultHook faults) {
        return StoreBackup.take(temporary.resolve("store"), temporary.resolve(name), faults);
    }

    private void writeUntil(AtomicBoolean isOver, Random random, List<Throwable> failures) {
        try {
            for (int epoch = 1; !isOver.get(); epoch++) {
                decide(epoch, KEYS);
                if (random.nextBoolean()) {
                    store.done(epoch);
                    deleteOutboxesUpTo(epoch);
                }
            }
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    private void decide(long epoch) {
        decide(epoch, 1);
    }

    /* Each key gets the number of the epoch, and the epoch has an outbox. */
    private void decide(long epoch, int keys) {
        PageWriter page =
                new PageWriter(CART, store.schemaId("\"String\""), store.schemaId("\"String\""));
        for (int key = 0; key < keys; key++) {
            String name = key == 0 ? "key" : "key-" + key;
            page.add(name.getBytes(UTF_8), Long.toString(epoch).getBytes(UTF_8));
        }
        ByteOutput entry = new ByteOutput();
        entry.writeInt((int) epoch);
        try (SegmentWriter outbox = store.segments().create("outbox-" + epoch)) {
            outbox.add(entry);
            synchronized (outboxes) {
                outboxes.add(outbox.finish());
            }
        }
        store.decide(EpochSnapshot.of(epoch, page.toPage()));
    }

    private void deleteOutboxesUpTo(long epoch) {
        for (String name : store.segments().names()) {
            if (Long.parseLong(name.substring(name.indexOf('-') + 1)) <= epoch) {
                store.segments().delete(name);
            }
        }
    }

    private SegmentRef outbox(long epoch) {
        synchronized (outboxes) {
            return outboxes.get((int) epoch - 1);
        }
    }

    private static void assertReadable(RecoveryStore store, SegmentRef outbox) {
        try (SegmentReader reader = store.segments().open(outbox)) {
            reader.check();
            assertThat(reader.items()).isEqualTo(1);
        }
    }

    private static Map<String, String> entries(RecoveryStore store, long epoch) {
        Map<String, String> entries = new TreeMap<>();
        store.restore(
                epoch,
                page -> {
                    PageCursor cursor = page.cursor();
                    while (cursor.next()) {
                        entries.put(
                                new String(cursor.key(), UTF_8),
                                new String(Objects.requireNonNull(cursor.value()), UTF_8));
                    }
                });
        return entries;
    }

    private static SqliteRecoveryStore open(Path directory) {
        return SqliteRecoveryStore.open(directory, "orders", StoreOptions.defaults());
    }
}
