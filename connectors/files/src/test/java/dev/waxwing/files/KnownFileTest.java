package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.source.FixedPartitionedSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a file that is read side by side with others is known at the next start. */
final class KnownFileTest {

    @TempDir Path directory;

    @Test
    void fileThatWasReplacedByALongerOneIsRefusedAtTheStart() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), "a1\n");
        FixedPartitionedSource<String, FilePosition> source = TextFiles.lines(file);
        FilePosition position = end(source);
        Files.writeString(file, "b1\nb2\nb3\n");

        assertThatThrownBy(() -> source.buildPart("flow.in", file.toString(), position))
                .hasMessageContaining("read up to byte 3")
                .hasMessageContaining("is another file now")
                .hasMessageContaining("withOrder(FileOrder.ROTATION)");
    }

    @Test
    void rotatedFileIsRefusedAtTheStartThoughTheNewOneBeginsLikeIt() throws Exception {
        LogDirectory logs = new LogDirectory(directory);
        logs.append("start");
        FixedPartitionedSource<String, FilePosition> source = TextFiles.lines(logs.live());
        FilePosition position = end(source);
        logs.rotate(LogDirectory.Way.RENAME);
        logs.append("start");

        assertThatThrownBy(() -> source.buildPart("flow.in", position.file(), position))
                .hasMessageContaining("is another file now");
    }

    @Test
    void rowsOfAnotherFileAreRefusedAtTheStart() throws Exception {
        Path file = Files.writeString(directory.resolve("a.csv"), "k,v\n1,2\n");
        var source = CsvFiles.rows(file);
        FilePosition position = end(source);
        Files.writeString(file, "k,v\n3,4\n5,6\n");

        assertThatThrownBy(() -> source.buildPart("flow.in", file.toString(), position))
                .hasMessageContaining("is another file now");
    }

    @Test
    void elementsOfAnotherFileAreRefusedAtTheStart() throws Exception {
        Path file = Files.writeString(directory.resolve("a.json"), "[1, 2]");
        var source = JsonFiles.elements(file, "", Integer.class);
        ElementPosition position = end(source);
        Files.writeString(file, "[3, 4, 5, 6]");

        assertThat(position.mark().bytes()).isEqualTo(5);
        assertThatThrownBy(() -> source.buildPart("flow.in", file.toString(), position))
                .hasMessageContaining("read up to element 2")
                .hasMessageContaining("is another file now");
    }

    @Test
    void elementsThatAreRepairedBehindThePositionAreReadOn() throws Exception {
        Path file = Files.writeString(directory.resolve("a.json"), "[1, 2, {");
        var source = JsonFiles.elements(file, "", Integer.class);
        Collected<Integer> collected = new Collected<>();
        ElementPosition position;
        try (var partition = source.buildPart("flow.in", file.toString(), null)) {
            assertThatThrownBy(() -> collected.drain(partition)).hasMessageContaining("element 3");
            position = partition.snapshot();
        }
        Files.writeString(file, "[1, 2, 3]");

        assertThat(Collected.from(source, position).items).containsExactly(3);
    }

    @Test
    void copyThatHasTakenThePlaceOfTheFileIsReadOn() throws Exception {
        Path file = Files.writeString(directory.resolve("a.log"), "a1\n");
        TextFileSource source = TextFiles.lines(file);
        FilePosition position = end(source);
        Path copy = Files.writeString(directory.resolve("restored"), "a1\na2\n");
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(Collected.from(source, position).items).containsExactly("a2");
    }

    @Test
    void newVersionOfAKubernetesMountIsReadOn() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("mount"));
        version(mount, "..2026_11_29", "a1\n");
        Files.createSymbolicLink(mount.resolve("a.log"), Path.of("..data/a.log"));
        TextFileSource source = TextFiles.directory(mount, "**");
        FilePosition position = end(source);

        for (int i = 2; i <= 10; i++) {
            Path old = mount.resolve("..data").toRealPath();
            version(
                    mount,
                    "..2026_11_30_" + i,
                    Files.readString(old.resolve("a.log")) + "a" + i + "\n");
            Files.delete(old.resolve("a.log"));
            Files.delete(old);
            Collected<String> collected = new Collected<>();
            assertThat(source.listParts()).containsExactly("a.log");
            try (var partition = source.buildPart("flow.in", "a.log", position)) {
                collected.drain(partition);
                position = partition.snapshot();
            }
            assertThat(collected.items).containsExactly("a" + i);
        }
    }

    private static void version(Path mount, String name, String text) throws Exception {
        Path version = Files.createDirectory(mount.resolve(name));
        Files.writeString(version.resolve("a.log"), text);
        Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(name));
        Files.move(
                link,
                mount.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static <T, S> S end(FixedPartitionedSource<T, S> source) throws Exception {
        try (var partition = source.buildPart("flow.in", source.listParts().get(0), null)) {
            new Collected<T>().drain(partition);
            return partition.snapshot();
        }
    }
}
