package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.run.FileAccess;
import dev.waxwing.simulation.disk.PowerLossDisk;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.testing.TargetFaults;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An execution that hangs with a file open, and wakes up when another has taken over. */
final class AppendTakeOverTest {

    private static final UUID STORE = new UUID(1, 2);

    private final TestFence older = new TestFence(STORE, 1, 0);
    private final TestFence newer = new TestFence(STORE, 2, 1);
    private final TestFence newest = new TestFence(STORE, 3, 1);

    @TempDir private Path directory;

    private Path file = Path.of("unset");

    @BeforeEach
    void nameFile() {
        file = directory.resolve("out.txt");
    }

    @Test
    void whatAnOlderExecutionWritesWhenItWakesUpIsNotInTheFile() throws Exception {
        try (var old = open(older, null)) {
            old.writeBatch(List.of("a"));
            AppendPosition decided = old.snapshot();
            old.writeBatch(List.of("not decided"));
            older.takeOver();
            try (var fresh = open(newer, decided)) {
                fresh.writeBatch(List.of("b"));

                old.writeBatch(List.of("late", "later"));
                assertThatThrownBy(old::force).isInstanceOf(FencedException.class);

                fresh.writeBatch(List.of("c"));
                fresh.force();
                fresh.onDecided(fresh.snapshot());
            }
        }
        assertThat(file).hasContent("a\nb\nc\n");
        assertThat(DecidedBytes.of(file)).hasValue(6);
    }

    @Test
    void fileThatAnotherExecutionIsAboutToReplaceIsNotReplacedByTwo() throws Exception {
        AppendPosition decided = write(older, null, "a");
        older.takeOver();
        Path lock = file.resolveSibling("." + file.getFileName() + ".waxwing-copying");
        try (FileChannel stopped =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            stopped.lock(Long.MAX_VALUE - 1, 1, false);

            assertThatThrownBy(() -> open(newer, decided))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("which takes over just now")
                    .hasMessageContaining("end that process");
        }
        write(newer, decided, "b");
        assertThat(file).hasContent("a\nb\n");
    }

    @Test
    void executionThatIsTakenOverBeforeItReplacesTheFileLeavesItInItsPlace() throws Exception {
        write(older, null, "a");
        Object key = key();
        var mark = new DecidedMark(file, FileAccess.OWNER, newer);
        newer.takeOver();

        try (FileChannel open = AppendTarget.open(file)) {
            assertThatThrownBy(() -> AppendTarget.replaceByCopy(file, open, mark))
                    .isInstanceOf(FencedException.class);
        }
        assertThat(key()).isEqualTo(key);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void fileInADirectoryInWhichNobodyCanMakeFilesStaysInItsPlace() throws Exception {
        /* Root may write to most others. */
        Path kept = Path.of("/proc/sys/kernel/ostype");
        var mark = new DecidedMark(kept, FileAccess.OWNER, newer);

        try (FileChannel open = FileChannel.open(kept, StandardOpenOption.READ)) {
            assertThat(AppendTarget.replaceByCopy(kept, open, mark)).isSameAs(open);
        }
    }

    @Test
    void whatWasLeftOfAFirstEpochIsCutAndNothingIsAddedToIt() throws Exception {
        try (var old = open(older, null)) {
            old.writeBatch(List.of("left"));
            older.takeOver();
            try (var fresh = open(newer, null)) {
                fresh.writeBatch(List.of("again"));
                old.writeBatch(List.of("late", "later", "latest"));
            }
        }
        assertThat(file).hasContent("again\n");

        open(newest, null).close();

        assertThat(file).isEmptyFile();
    }

    @Test
    void olderExecutionThatOpensTheFileLateIsRefusedAndChangesNothing() throws Exception {
        AppendPosition begin = write(older, null);
        write(newer, begin, "a", "b");
        older.takeOver();

        assertThatThrownBy(() -> open(older, begin)).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> open(older, null)).isInstanceOf(FencedException.class);
        assertThat(file).hasContent("a\nb\n");
    }

    @Test
    void olderExecutionThatOpensTheFileLateIsRefusedThoughItAdoptsWhatItFinds() throws Exception {
        write(newer, null, "a", "b");
        TestFence adopting = older.withAdoption();
        adopting.takeOver();

        assertThatThrownBy(() -> open(adopting, null)).isInstanceOf(FencedException.class);
        assertThat(file).hasContent("a\nb\n");
    }

    @Test
    void olderExecutionTellsReadersNothing() throws Exception {
        try (var old = open(older, null)) {
            old.writeBatch(List.of("a"));
            AppendPosition decided = old.snapshot();
            older.takeOver();
            AppendPosition further = write(newer, decided, "b");
            open(newest, further).close();

            assertThatThrownBy(() -> old.onDecided(decided)).isInstanceOf(FencedException.class);
        }
        assertThat(DecidedBytes.of(file)).hasValue(4);
    }

    @Test
    void olderExecutionTellsReadersNothingThoughTheNewerHasYetToOpenTheFile() throws Exception {
        try (var old = open(older, null)) {
            old.writeBatch(List.of("a"));
            AppendPosition position = old.snapshot();
            older.takeOver();

            assertThatThrownBy(() -> old.onDecided(position)).isInstanceOf(FencedException.class);
        }
        assertThat(DecidedBytes.of(file)).hasValue(0);
    }

    @Test
    void fileIsReplacedOnceAndOnlyIfAnExecutionWasTakenOver() throws Exception {
        AppendPosition first = write(older, null, "a");
        Object key = key();
        AppendPosition second = write(older, first, "b");
        assertThat(key()).isEqualTo(key);

        AppendPosition third = write(newer, second, "c");
        Object copy = key();
        assertThat(copy).isNotEqualTo(key);

        write(newest, third, "d");
        assertThat(key()).isEqualTo(copy);
        assertThat(file).hasContent("a\nb\nc\nd\n");
    }

    @Test
    void fileOfWhichNothingIsKnownIsReplaced() throws Exception {
        AppendPosition position = write(newer, null, "a");
        Object key = key();
        Files.delete(directory.resolve(".out.txt.waxwing-decided"));

        write(newest, position, "b");

        assertThat(key()).isNotEqualTo(key);
        assertThat(file).hasContent("a\nb\n");
    }

    @Test
    void fileWhoseMarkIsOfAnotherStoreIsReplaced() throws Exception {
        AppendPosition position = write(older, null, "a");
        Object key = key();
        write(new TestFence(new UUID(3, 4), 9, 0), position);

        write(newer, position, "b");

        assertThat(key()).isNotEqualTo(key);
        assertThat(file).hasContent("a\nb\n");
    }

    @Test
    void copyHasThePermissionsOfTheFileAndIsWhereALinkLeads() throws Exception {
        AppendPosition position = write(older, null, "a");
        Path real = Files.move(file, directory.resolve("real.txt"));
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw-r--"));
        Files.createSymbolicLink(file, real);

        write(newer, position, "b");

        assertThat(file).isSymbolicLink().hasContent("a\nb\n");
        assertThat(Files.getPosixFilePermissions(real))
                .isEqualTo(PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(directory.toFile().list())
                .containsExactlyInAnyOrder(
                        "out.txt",
                        "real.txt",
                        ".out.txt.waxwing-decided",
                        ".real.txt.waxwing-copying");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void copyIsWhatTheFileWasThoughThePowerFailsAtOnce(long seed) throws Exception {
        var disk = new PowerLossDisk(seed);
        file = disk.mount(TargetFaults.NONE).resolve("out.txt");
        AppendPosition position;
        try (var old = open(older, null)) {
            old.writeBatch(List.of("a", "b"));
            old.force();
            position = old.snapshot();
        }
        open(newer, position).close();

        disk.losePower();

        assertThat(Files.readString(file)).isEqualTo("a\nb\n");
    }

    private Object key() throws Exception {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private AppendPosition write(TestFence store, @Nullable AppendPosition resume, String... lines)
            throws Exception {
        try (var partition = open(store, resume)) {
            partition.writeBatch(List.of(lines));
            return partition.snapshot();
        }
    }

    private StatefulSinkPartition<String, AppendPosition> open(
            TestFence store, @Nullable AppendPosition resume) throws Exception {
        AppendSink<String> sink = TextFiles.append(file);
        return sink.buildPart("flow.out", sink.listParts().get(0), resume, store);
    }
}
