package dev.waxwing.simulation.disk;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.testing.TargetFaults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is there after a loss of power: what was forced, and of the rest whatever chance wants. */
final class PowerLossDiskTest {

    private static final int SEEDS = 200;

    @Test
    void withoutALossOfPowerItIsAFileSystem() throws IOException {
        Path root = new PowerLossDisk(1).mount(TargetFaults.NONE);
        Path directory = Files.createDirectory(root.resolve("out"));
        Path file = directory.resolve("a.txt");

        Files.writeString(file, "one");
        Files.writeString(file, "two", APPEND);
        Files.move(file, directory.resolve(".b"), ATOMIC_MOVE);

        assertThat(Files.readString(directory.resolve(".b"))).isEqualTo("onetwo");
        assertThat(Files.exists(file)).isFalse();
        assertThat(Files.isDirectory(directory)).isTrue();
        assertThat(Files.isWritable(directory)).isTrue();
        assertThat(Files.size(directory.resolve(".b"))).isEqualTo(6);
        try (var hidden = Files.newDirectoryStream(directory, ".*")) {
            assertThat(hidden)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactly(".b");
        }
    }

    @Test
    void whatIsNotThereIsRefusedAsByAnyFileSystem() throws IOException {
        Path root = new PowerLossDisk(1).mount(TargetFaults.NONE);
        Files.writeString(root.resolve("a"), "");

        assertThatThrownBy(() -> Files.readString(root.resolve("b")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> FileChannel.open(root.resolve("a"), CREATE_NEW, WRITE))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void copyHasTheBytesAndIsForcedByItself() throws IOException {
        Set<String> found = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            PowerLossDisk disk = new PowerLossDisk(seed);
            Path root = disk.mount(TargetFaults.NONE);
            Path copy = root.resolve("copy");
            Files.writeString(root.resolve("a"), "abc");
            force(root.resolve("a"));
            Files.copy(root.resolve("a"), copy);
            force(root);
            assertThat(Files.readString(copy)).isEqualTo("abc");
            assertThatThrownBy(() -> Files.copy(root.resolve("a"), copy))
                    .isInstanceOf(FileAlreadyExistsException.class);

            disk.losePower();

            assertThat(Files.readString(root.resolve("a"))).isEqualTo("abc");
            found.add(Files.readString(copy));
        }
        assertThat(found).contains("", "abc", "ab");
    }

    @Test
    void whatWasForcedWithItsNameIsThere() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            PowerLossDisk disk = new PowerLossDisk(seed);
            Path root = disk.mount(TargetFaults.NONE);
            Path file = root.resolve("a");
            Files.writeString(file, "forced");
            force(file);
            force(root);
            Files.writeString(file, " and not", APPEND);

            disk.losePower();

            assertThat(Files.readString(file)).startsWith("forced");
        }
    }

    @Test
    void bytesThatWereNotForcedAreThereOrGoneOrTornOrZero() throws IOException {
        Set<String> found = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            PowerLossDisk disk = new PowerLossDisk(seed);
            Path root = disk.mount(TargetFaults.NONE);
            Files.writeString(root.resolve("a"), "abc");
            force(root);

            disk.losePower();

            found.add(Files.readString(root.resolve("a")));
        }
        assertThat(found).contains("", "abc", "ab", "\0\0\0", "ab\0");
    }

    @Test
    void namesThatWereNotForcedAreThereOrGoneInTheOrderInWhichTheyChanged() throws IOException {
        Set<Set<String>> found = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            PowerLossDisk disk = new PowerLossDisk(seed);
            Path root = disk.mount(TargetFaults.NONE);
            Files.writeString(root.resolve("hidden"), "");
            force(root);
            Files.move(root.resolve("hidden"), root.resolve("shown"), ATOMIC_MOVE);
            Files.writeString(root.resolve("later"), "");

            disk.losePower();

            found.add(names(root));
        }
        assertThat(found)
                .containsExactlyInAnyOrder(
                        Set.of("hidden"), Set.of("shown"), Set.of("shown", "later"));
    }

    @Test
    void renamingDoesNotForceWhatIsRenamed() throws IOException {
        Set<String> found = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            PowerLossDisk disk = new PowerLossDisk(seed);
            Path root = disk.mount(TargetFaults.NONE);
            Files.writeString(root.resolve("hidden"), "x");
            Files.move(root.resolve("hidden"), root.resolve("shown"), ATOMIC_MOVE);
            force(root);

            disk.losePower();

            found.add(Files.readString(root.resolve("shown")));
        }
        assertThat(found).contains("", "x");
    }

    @Test
    void processThatIsToFailFailsInTheMiddleOfAWrite() throws IOException {
        PowerLossDisk disk = new PowerLossDisk(1);
        Path broken =
                disk.mount(
                        point -> {
                            if (point.equals("write.middle")) {
                                throw new IOException("no room");
                            }
                        });

        assertThatThrownBy(() -> Files.writeString(broken.resolve("a"), "abcd"))
                .hasMessage("no room");

        assertThat(Files.readString(disk.mount(TargetFaults.NONE).resolve("a"))).isEqualTo("ab");
    }

    @Test
    void channelReadsAndWritesAtPositions() throws IOException {
        Path root = new PowerLossDisk(1).mount(TargetFaults.NONE);
        try (FileChannel channel = FileChannel.open(root.resolve("a"), CREATE_NEW, READ, WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
            channel.truncate(2);
            channel.write(ByteBuffer.wrap(new byte[] {9}), 3);
            ByteBuffer all = ByteBuffer.allocate(8);
            channel.read(all, 0);

            assertThat(all.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 0, 9}));
            assertThat(channel.position()).isEqualTo(2);
        }
    }

    private static Set<String> names(Path directory) throws IOException {
        try (var all = Files.list(directory)) {
            List<String> names = all.map(path -> path.getFileName().toString()).toList();
            return new TreeSet<>(names);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, READ)) {
            channel.force(true);
        }
    }
}
