package dev.waxwing.recovery.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.segment.SegmentWriter;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a store that something else takes away while an execution has it open. */
final class StoreWatchTest {

    private static final StateId CART = new StateId("shop.cart", "state");

    @TempDir private Path directory;

    /** What logrotate, a clean-up script or a restored backup do to a file. */
    enum Harm {
        TRUNCATED("was truncated"),
        REPLACED("was replaced by another file"),
        LINKED("was replaced by another file"),
        DELETED("was deleted or moved away");

        final String words;

        Harm(String words) {
            this.words = words;
        }

        void to(Path file) throws IOException {
            switch (this) {
                case TRUNCATED -> {
                    try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        open.truncate(0);
                    }
                }
                case REPLACED -> {
                    Path copy = Files.copy(file, file.resolveSibling("copy"));
                    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
                }
                case LINKED -> {
                    Path moved = Files.move(file, file.resolveSibling("moved"));
                    Files.createSymbolicLink(file, moved);
                }
                case DELETED -> Files.delete(file);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "recovery.sqlite, TRUNCATED",
        "recovery.sqlite, REPLACED",
        "recovery.sqlite, LINKED",
        "recovery.sqlite, DELETED",
        "recovery.sqlite-wal, TRUNCATED",
        "recovery.sqlite-wal, REPLACED",
        "recovery.sqlite-wal, LINKED",
        "recovery.sqlite-wal, DELETED",
        "recovery.sqlite-shm, REPLACED",
        "recovery.sqlite-shm, LINKED",
        "recovery.sqlite-shm, DELETED",
        "recovery.mark, TRUNCATED",
        "recovery.mark, REPLACED",
        "recovery.mark, DELETED",
        "lock, TRUNCATED",
        "lock, REPLACED",
        "lock, LINKED",
        "lock, DELETED"
    })
    void nothingIsDecidedOnceAFileIsNotWhatItWas(String name, Harm harm) throws IOException {
        Path file = directory.resolve(name);
        try (RecoveryStore store = open()) {
            store.decide(EpochSnapshot.of(1, page("a")));
            harm.to(file);

            assertThatThrownBy(() -> store.decide(EpochSnapshot.of(2, page("b"))))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("recovery store " + directory)
                    .hasMessageContaining("file '" + file + "'")
                    .hasMessageContaining(harm.words)
                    .hasMessageContaining("Put back what is missing");
            assertThat(store.decidedEpoch()).isEqualTo(1);
            assertThatThrownBy(store::checkIntact).hasMessageContaining(harm.words);
            assertThatThrownBy(() -> store.done(1)).hasMessageContaining(harm.words);
        }
        if (harm == Harm.DELETED) {
            assertThat(file).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 30_000})
    void indexThatIsTruncatedIsNoticedAndEndsNoProcessAndLosesNothing(long length)
            throws IOException {
        try (OtherProcess other = OtherProcess.holding(directory)) {
            assertThat(other.does("decide")).isEqualTo("done: decide");
            try (FileChannel open =
                    FileChannel.open(
                            directory.resolve("recovery.sqlite-shm"), StandardOpenOption.WRITE)) {
                open.truncate(length);
            }

            assertThat(other.does("decide"))
                    .startsWith("failed: ")
                    .contains("recovery.sqlite-shm'")
                    .contains("was truncated: it had 32768 bytes and now has " + length);
            assertThat(other.does("close")).isEqualTo("done: close");
        }
        try (RecoveryStore store = open()) {
            assertThat(store.decidedEpoch()).isEqualTo(1);
        }
    }

    @Test
    void truncationOfAllFilesEndsNoProcess() throws IOException {
        try (OtherProcess other = OtherProcess.holding(directory)) {
            assertThat(other.does("decide")).isEqualTo("done: decide");
            for (String name : StoreFormat.WATCHED) {
                Harm.TRUNCATED.to(directory.resolve(name));
            }

            assertThat(other.does("decide")).startsWith("failed: ").contains("was truncated");
            assertThat(other.does("close")).isNotNull();
        }
    }

    @Test
    void directoryThatIsRenamedIsNoticedAndNotMadeAnew() throws IOException {
        Path named = directory.resolve("store");
        Path renamed = directory.resolve("renamed");
        try (RecoveryStore store =
                SqliteRecoveryStore.open(named, "orders", StoreOptions.defaults())) {
            store.decide(EpochSnapshot.of(1));
            Files.move(named, renamed);

            assertThatThrownBy(store::checkIntact)
                    .hasMessageContaining("was deleted or moved away");
            assertThatThrownBy(() -> store.segments().create("outbox-1"))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("'" + named + "'")
                    .hasMessageContaining("was deleted or moved away");
            assertThatThrownBy(() -> store.decide(EpochSnapshot.of(2)))
                    .hasMessageContaining("was deleted or moved away");
        }
        assertThat(named).doesNotExist();
        Files.move(renamed, named);
        try (RecoveryStore store =
                SqliteRecoveryStore.open(named, "orders", StoreOptions.defaults())) {
            assertThat(store.decidedEpoch()).isEqualTo(1);
        }
    }

    @Test
    void storeThatNobodyTouchesIsIntactWhateverItWritesItself() throws IOException {
        try (RecoveryStore store = open()) {
            for (int epoch = 1; epoch <= 100; epoch++) {
                store.decide(EpochSnapshot.of(epoch, page("x".repeat(100_000) + epoch)));
                store.done(epoch);
                store.checkIntact();
            }
            while (store.collect()) {
                store.checkIntact();
            }
            assertThat(store.decidedEpoch()).isEqualTo(100);
        }
    }

    @Test
    void logThatIsTruncatedWhileATransactionWritesIsNoticedByTheNext() throws IOException {
        Path log = directory.resolve("recovery.sqlite-wal");
        try (RecoveryStore store = open()) {
            store.decide(EpochSnapshot.of(1, page("a")));
            long length = Files.size(log);
            Harm.TRUNCATED.to(log);
            try (FileChannel hole = FileChannel.open(log, StandardOpenOption.WRITE)) {
                hole.write(ByteBuffer.allocate(1), length);
            }

            assertThatThrownBy(() -> store.decide(EpochSnapshot.of(2, page("b"))))
                    .hasMessageContaining("does not begin as a log any more");
        }
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void nothingIsDecidedOnceAFinishedOutboxIsNotWhatItWas(Harm harm) throws IOException {
        try (RecoveryStore store = open()) {
            try (SegmentWriter writer = store.segments().create("outbox-1")) {
                writer.add(entry());
                writer.finish();
            }
            harm.to(directory.resolve("segments/outbox-1"));

            assertThatThrownBy(() -> store.decide(EpochSnapshot.of(1, page("a"))))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("segments/outbox-1")
                    .hasMessageContaining(harm.words);
            assertThatThrownBy(store::checkIntact).hasMessageContaining(harm.words);
            assertThat(store.decidedEpoch()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void outboxThatIsHarmedWhileItIsWrittenCannotBeFinished(Harm harm) throws IOException {
        try (RecoveryStore store = open();
                SegmentWriter writer = store.segments().create("outbox-1")) {
            for (int i = 0; i < 100; i++) {
                writer.add(entry());
            }
            harm.to(directory.resolve("segments/outbox-1"));
            writer.add(entry());

            assertThatThrownBy(writer::finish)
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining(harm.words);
        }
    }

    @Test
    void outboxThatWasDeletedByItsOwnerIsNotMissed() throws IOException {
        try (RecoveryStore store = open()) {
            try (SegmentWriter writer = store.segments().create("outbox-1")) {
                writer.add(entry());
                writer.finish();
            }
            store.segments().delete("outbox-1");

            store.checkIntact();
            store.decide(EpochSnapshot.of(1, page("a")));
            assertThat(store.decidedEpoch()).isEqualTo(1);
        }
    }

    @Test
    void storeThatWasTakenOverSaysSoAndNotThatItsLockIsGone() throws IOException {
        try (RecoveryStore store = open()) {
            store.decide(EpochSnapshot.of(1, page("a")));
            assertThat(OtherProcess.opening(directory, "take over")).isNotNull();

            assertThatThrownBy(store::checkIntact)
                    .isInstanceOfSatisfying(
                            RecoveryException.class,
                            taken -> assertThat(taken.isTakenOver()).isTrue());
        }
    }

    private RecoveryStore open() {
        RecoveryStore store =
                SqliteRecoveryStore.open(directory, "orders", StoreOptions.defaults());
        store.schemaId("schema");
        return store;
    }

    private static ByteOutput entry() {
        ByteOutput entry = new ByteOutput();
        byte[] bytes = new byte[10_000];
        entry.write(bytes, 0, bytes.length);
        return entry;
    }

    private static StatePage page(String text) {
        PageWriter writer = new PageWriter(CART, 1, 1);
        writer.add(new byte[] {1}, text.getBytes(UTF_8));
        return writer.toPage();
    }
}
