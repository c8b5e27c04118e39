package dev.waxwing.recovery.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.run.FileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A log that something else cuts while a transaction is being written to it. */
final class CutLogTest {

    private static final int FRAME = 24 + StoreFormat.FILE_PAGE_BYTES;

    @TempDir private Path directory;

    private Path log = Path.of("unset");

    @BeforeEach
    void makeMark() throws IOException {
        log = directory.resolve(StoreFormat.LOG);
        StoreMark.announce(directory, FileAccess.OWNER);
    }

    /* What was cut off gets its length back, with a hole where it was. */
    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "16, 1",
        "32, 1",
        "10000, 1",
        "-1, 1",
        "-4000, 1",
        "-8216, 1",
        "-8217, 1",
        "-1, 300",
        "-8216, 300",
        "10000, 300"
    })
    void cutInFrontOfWhatIsWrittenIsNoticedByTheSameTransaction(long cut, int pages)
            throws Exception {
        try (StoreFile file = open()) {
            insert(file, 5);
            long length = Files.size(log);

            assertThatThrownBy(
                            () ->
                                    file.durably(
                                            "testing",
                                            () -> {
                                                insertPages(file, pages);
                                                truncate(cut < 0 ? length + cut : cut);
                                            }))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("'" + log + "'")
                    .hasMessageContaining("was truncated");
            assertThatThrownBy(file::checkFiles).hasMessageContaining("was truncated");
            assertThatThrownBy(() -> insert(file, 1)).hasMessageContaining("was truncated");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 32, 10_000, 100_000})
    void cutOfALogThatHasBegunAnewIsNoticedByTheSameTransaction(long cut) throws Exception {
        try (StoreFile file = open()) {
            insert(file, 100);
            assertThat(file.copyLogBack(0)).isTrue();
            insert(file, 3);
            assertThat(Files.size(log)).isGreaterThan(100L * FRAME);

            assertThatThrownBy(
                            () ->
                                    file.durably(
                                            "testing",
                                            () -> {
                                                insertPages(file, 1);
                                                truncate(cut);
                                            }))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("was truncated");
        }
    }

    @Test
    void logThatNobodyCutsIsWholeWhateverIsWrittenRolledBackAndCopiedBack() throws Exception {
        long seed = Long.getLong("waxwing.seed", new Random().nextLong());
        System.out.println("uncut log: seed " + seed);
        Random random = new Random(seed);
        try (StoreFile file = open()) {
            file.run("PRAGMA cache_size=10");
            for (int i = 0; i < 300; i++) {
                int pages = random.nextInt(random.nextInt(10) == 0 ? 200 : 4);
                switch (random.nextInt(6)) {
                    case 0 -> file.copyLogBack(0);
                    case 1 -> rollBack(file, pages);
                    case 2 -> file.lazily("testing", () -> insertPages(file, pages));
                    default -> insert(file, pages);
                }
                file.checkFiles();
            }
            assertThat(file.number("SELECT count(*) FROM t")).isPositive();
        }
    }

    private StoreFile open() throws Exception {
        StoreFile file = StoreOpening.makeEmpty(directory);
        file.run("CREATE TABLE t(bytes BLOB)");
        file.run("PRAGMA journal_mode=WAL");
        file.run("PRAGMA wal_autocheckpoint=0");
        file.run("PRAGMA journal_size_limit=" + StoreOpening.WAL_BYTES_KEPT);
        file.durably("testing", () -> insertPages(file, 1));
        file.watch(new StoreWatch(directory));
        return file;
    }

    private static void insert(StoreFile file, int pages) {
        file.durably("testing", () -> insertPages(file, pages));
    }

    private static void rollBack(StoreFile file, int pages) {
        assertThatThrownBy(
                        () ->
                                file.durably(
                                        "testing",
                                        () -> {
                                            insertPages(file, pages);
                                            throw new IllegalStateException("no");
                                        }))
                .hasMessage("no");
    }

    private static void insertPages(StoreFile file, int pages) throws SQLException {
        for (int i = 0; i < pages; i++) {
            file.run("INSERT INTO t VALUES(randomblob(8000))");
        }
    }

    private void truncate(long length) {
        try (FileChannel open = FileChannel.open(log, StandardOpenOption.WRITE)) {
            open.truncate(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
