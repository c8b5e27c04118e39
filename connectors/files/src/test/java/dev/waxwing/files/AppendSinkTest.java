package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.simulation.disk.PowerLossDisk;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppendSinkTest {

    @TempDir Path directory;

    private Path file = Path.of("unset");

    @BeforeEach
    void nameFile() {
        file = directory.resolve("out.txt");
    }

    @Test
    void c13_linesAreWrittenWithTheirEnd() throws Exception {
        write(TextFiles.append(file), null, "a", "", "é€😀");

        assertThat(file).hasContent("a\n\né€😀\n");
    }

    @Test
    void c14_resumeCutsWhatCameAfterTheSnapshot() throws Exception {
        AppendPosition position;
        try (var partition = open(TextFiles.append(file), null)) {
            partition.writeBatch(List.of("one1", "one2", "one3"));
            position = partition.snapshot();
            partition.writeBatch(List.of("one4"));
        }
        write(TextFiles.append(file), position, "two4", "two5");

        assertThat(file).hasContent("one1\none2\none3\ntwo4\ntwo5\n");
    }

    @Test
    void resumeAtEveryPositionGivesTheSameFile() throws Exception {
        List<String> lines = List.of("a", "", "bc", "é", "x".repeat(300_000), "end");
        for (int cut = 0; cut <= lines.size(); cut++) {
            Files.deleteIfExists(file);
            AppendPosition position;
            try (var partition = open(TextFiles.append(file), null)) {
                partition.writeBatch(lines.subList(0, cut));
                position = partition.snapshot();
                partition.writeBatch(List.of("lost", "lost too"));
            }
            write(
                    TextFiles.append(file),
                    position,
                    lines.subList(cut, lines.size()).toArray(new String[0]));

            assertThat(Files.readAllLines(file)).as("cut at %d", cut).isEqualTo(lines);
        }
    }

    @Test
    void positionTellsLengthAndChecksumOfTheWholeFile() throws Exception {
        try (var partition = open(TextFiles.append(file), null)) {
            partition.writeBatch(List.of("12345678"));
            partition.writeBatch(List.of("9"));
            java.util.zip.CRC32C expected = new java.util.zip.CRC32C();
            expected.update(Files.readAllBytes(file));

            assertThat(partition.snapshot()).isEqualTo(new AppendPosition(11, expected.getValue()));
        }
    }

    @Test
    void whatABatchWroteCanBeReadAtOnce() throws Exception {
        try (var partition = open(TextFiles.append(file), null)) {
            partition.writeBatch(List.of("a"));

            assertThat(file).hasContent("a\n");
        }
    }

    @Test
    void shorterFileIsRefusedAndLeftAsItIs() throws Exception {
        AppendPosition position = writeAndSnapshot("one1", "one2");
        Files.writeString(file, "one1\n");

        assertThatThrownBy(() -> open(TextFiles.append(file), position))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("has 5 bytes")
                .hasMessageContaining("at least 10");
        assertThat(file).hasContent("one1\n");
    }

    @Test
    void changedFileIsRefusedAndLeftAsItIs() throws Exception {
        AppendPosition position = writeAndSnapshot("one1", "one2");
        Files.writeString(file, "one1\nONE2\nmore\n");

        assertThatThrownBy(() -> open(TextFiles.append(file), position))
                .hasMessageContaining("first 10 bytes")
                .hasMessageContaining("CRC-32C");
        assertThat(file).hasContent("one1\nONE2\nmore\n");
    }

    @Test
    void missingFileIsRefusedAtAResumeAndNotMade() throws Exception {
        AppendPosition position = writeAndSnapshot("one1");
        Files.delete(file);

        assertThatThrownBy(() -> open(TextFiles.append(file), position))
                .hasMessageContaining("is missing")
                .hasMessageContaining("5 bytes");
        assertThat(file).doesNotExist();
    }

    @Test
    void existingFileIsRefusedWithoutStateAndTheChoicesAreNamed() throws Exception {
        Files.writeString(file, "old\n");

        assertThatThrownBy(() -> open(TextFiles.append(file), null))
                .hasMessageContaining("exists and has 4 bytes")
                .hasMessageContaining("OnExisting.APPEND")
                .hasMessageContaining("OnExisting.TRUNCATE");
        assertThat(file).hasContent("old\n");
    }

    @Test
    void existingEmptyFileIsWrittenTo() throws Exception {
        Files.createFile(file);
        write(TextFiles.append(file), null, "a");

        assertThat(file).hasContent("a\n");
    }

    @Test
    void existingFileIsTruncatedByChoiceButNotAtAResume() throws Exception {
        Files.writeString(file, "old\n");
        AppendSink<String> sink = TextFiles.append(file).withOnExisting(OnExisting.TRUNCATE);
        AppendPosition position;
        try (var partition = open(sink, null)) {
            partition.writeBatch(List.of("a"));
            position = partition.snapshot();
        }
        write(sink, position, "b");

        assertThat(file).hasContent("a\nb\n");
    }

    @Test
    void existingFileIsAppendedToByChoiceAndItsStateCoversIt() throws Exception {
        Files.writeString(file, "old\n");
        AppendSink<String> sink = TextFiles.append(file).withOnExisting(OnExisting.APPEND);
        AppendPosition position;
        try (var partition = open(sink, null)) {
            partition.writeBatch(List.of("a"));
            position = partition.snapshot();
            partition.writeBatch(List.of("lost"));
        }
        write(sink, position, "b");

        assertThat(file).hasContent("old\na\nb\n");
    }

    @Test
    void unfinishedLastLineIsNotAppendedTo() throws Exception {
        Files.writeString(file, "old");
        AppendSink<String> sink = TextFiles.append(file).withOnExisting(OnExisting.APPEND);

        assertThatThrownBy(() -> open(sink, null)).hasMessageContaining("has no line end");
        assertThat(file).hasContent("old");
    }

    @Test
    void missingDirectoryIsRefusedBeforeTheStart() {
        assertThatThrownBy(() -> TextFiles.append(directory.resolve("gone/out.txt")).listParts())
                .hasMessageContaining("out.txt', '")
                .hasMessageContaining("gone', does not exist; make it");
    }

    @Test
    void fileInPlaceOfTheDirectoryIsRefused() throws Exception {
        Files.writeString(file, "");

        assertThatThrownBy(() -> TextFiles.append(file.resolve("out.txt")).listParts())
                .hasMessageContaining("is not a directory");
        assertThatThrownBy(() -> TextFiles.appendTo(file, 2).listParts())
                .hasMessageContaining("is not a directory");
    }

    @Test
    void directoryInPlaceOfTheFileIsRefused() {
        assertThatThrownBy(() -> TextFiles.append(directory).listParts())
                .hasMessageContaining("is a directory")
                .hasMessageContaining("appendTo");
    }

    @Test
    void deviceInPlaceOfTheFileIsRefused() {
        assertThatThrownBy(() -> TextFiles.append(Path.of("/dev/null")).listParts())
                .hasMessageContaining("not a regular file");
    }

    @Test
    void directoryInWhichNoFileCanBeMadeIsRefused() {
        assertThatThrownBy(() -> open(TextFiles.append(Path.of("/proc/out.txt")), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("output file '/proc/out.txt'")
                .hasMessageContaining("directory");
    }

    @Test
    void otherLineEndsAreWrittenOnRequest() throws Exception {
        write(TextFiles.append(file).withLineEnd("\r\n"), null, "a", "b");

        assertThat(Files.readString(file)).isEqualTo("a\r\nb\r\n");
    }

    @Test
    void forceIsAllowedWhileWritingGoesOn() throws Exception {
        AppendSink<String> sink = TextFiles.append(file).withForce(ForceTime.EACH_BATCH);
        try (var partition = open(sink, null)) {
            partition.writeBatch(List.of("a"));
            partition.snapshot();
            partition.writeBatch(List.of("b"));
            partition.force();
        }
        assertThat(file).hasContent("a\nb\n");
    }

    @Test
    void deniedAccessNamesStepAndFileAndSaysWhatToChange() {
        Path out =
                new PowerLossDisk(1)
                        .mount(
                                point -> {
                                    if (point.equals("open.before")) {
                                        throw new AccessDeniedException("out.txt");
                                    }
                                })
                        .resolve("out.txt");
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of("a")).output("out", TextFiles.append(out));

        assertThatThrownBy(() -> Waxwing.run(flow, EmbeddedOptions.defaults()))
                .hasMessageContaining("step 'flow.out': ")
                .hasMessageContaining("output file '" + out + "' may not be written or made by")
                .hasMessageContaining("change the permissions of the file or its directory")
                .hasRootCauseInstanceOf(AccessDeniedException.class);
    }

    @Test
    void itemsThatCannotBeEncodedAreNamedAndTheOthersWritten() throws Exception {
        AppendSink<Integer> sink =
                AppendSink.to(
                        file,
                        (item, line) -> {
                            line.write("10 / " + item + " = ");
                            line.write(Integer.toString(10 / item));
                        });
        try (var partition = sink.buildPart("flow.out", file.toString(), null)) {
            assertThatThrownBy(() -> partition.writeBatch(List.of(1, 0, 2, 0)))
                    .isInstanceOf(PartialWriteException.class)
                    .satisfies(
                            e ->
                                    assertThat(((PartialWriteException) e).failed())
                                            .containsExactly(1, 3));
        }
        assertThat(file).hasContent("10 / 1 = 10\n10 / 2 = 5\n");
    }

    @Test
    void c15_partsAreChosenByKeyAndMadeWhenTheyAreWritten() throws Exception {
        AppendSink<String> sink =
                TextFiles.appendTo(directory, 3).withPartFn(key -> Integer.parseInt((String) key));
        List<String> parts = sink.listParts();

        for (String key : List.of("0", "2")) {
            String part = parts.get(Math.floorMod(sink.partFn(key), parts.size()));
            try (var partition = sink.buildPart("flow.out", part, null)) {
                partition.writeBatch(List.of("item " + key));
            }
        }
        assertThat(parts).containsExactly("part-00", "part-01", "part-02");
        assertThat(directory.resolve("part-00")).hasContent("item 0\n");
        assertThat(directory.resolve("part-01")).doesNotExist();
        assertThat(directory.resolve("part-02")).hasContent("item 2\n");
    }

    @Test
    void partNamesAreAsWideAsTheirNumberNeeds() throws Exception {
        List<String> parts = TextFiles.appendTo(directory, 101).listParts();

        assertThat(parts).first().isEqualTo("part-000");
        assertThat(parts).last().isEqualTo("part-100");
        assertThat(parts).isSorted();
        assertThatThrownBy(() -> TextFiles.appendTo(directory, 0)).hasMessageContaining("parts");
    }

    @Test
    void keysAreRoutedByTheirCanonicalTextUnlessThereIsOneFile() {
        assertThat(TextFiles.appendTo(directory, 4).partFn("a"))
                .isEqualTo(dev.waxwing.internal.CanonicalText.adler32("a"));
        assertThat(TextFiles.append(file).partFn(new Object())).isZero();
    }

    private AppendPosition writeAndSnapshot(String... lines) throws Exception {
        try (var partition = open(TextFiles.append(file), null)) {
            partition.writeBatch(List.of(lines));
            return partition.snapshot();
        }
    }

    private static <X> StatefulSinkPartition<X, AppendPosition> open(
            AppendSink<X> sink, @Nullable AppendPosition resume) throws Exception {
        return sink.buildPart("flow.out", sink.listParts().get(0), resume);
    }

    private static void write(
            AppendSink<String> sink, @Nullable AppendPosition resume, String... lines)
            throws Exception {
        try (var partition = open(sink, resume)) {
            partition.writeBatch(List.of(lines));
        }
    }
}
