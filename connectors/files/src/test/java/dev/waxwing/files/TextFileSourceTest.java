package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.source.SourceStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextFileSourceTest {

    @TempDir Path directory;

    @Test
    void c01_linesComeInOrder() throws Exception {
        Path file = write("one1\none2\none3\none4\none5\none6\n");

        assertThat(Collected.all(TextFiles.lines(file)).items)
                .containsExactly("one1", "one2", "one3", "one4", "one5", "one6");
    }

    @Test
    void c02_blankLinesAreEmptyStrings() throws Exception {
        Path file = write("a\n\nb\n\n\n\n\nc\n\n");

        assertThat(Collected.all(TextFiles.lines(file)).items)
                .containsExactly("a", "", "b", "", "", "", "", "c", "");
    }

    @Test
    void c03_lastLineWithoutNewlineIsEmitted() throws Exception {
        assertThat(Collected.all(TextFiles.lines(write("a\nb"))).items).containsExactly("a", "b");
    }

    @Test
    void c04_resumeContinuesAfterTheSnapshot() throws Exception {
        TextFileSource source =
                TextFiles.lines(write("one1\none2\none3\none4\n")).withBatchItems(1);
        Collected<String> before = new Collected<>();
        FilePosition position;
        try (var partition = source.buildPart("flow.in", source.listParts().get(0), null)) {
            partition.nextBatch(before);
            partition.nextBatch(before);
            position = partition.snapshot();
        }

        assertThat(before.items).containsExactly("one1", "one2");
        assertThat(position.offset()).isEqualTo(10);
        assertThat(position.line()).isEqualTo(2);
        assertThat(Collected.from(source, position).items).containsExactly("one3", "one4");
    }

    @Test
    void firstSnapshotAfterAResumeIsTheResumeState() throws Exception {
        TextFileSource source = TextFiles.lines(write("a\nb\nc"));
        String part = source.listParts().get(0);
        List<FilePosition> positions =
                List.of(
                        new FilePosition(part, 0, 0),
                        new FilePosition(part, 2, 1),
                        new FilePosition(part, 5, 3));

        for (FilePosition position : positions) {
            try (var partition = source.buildPart("flow.in", part, position)) {
                assertThat(partition.snapshot()).isEqualTo(position);
            }
        }
    }

    @Test
    void snapshotAtTheEndStaysThereWithNothingMoreToRead() throws Exception {
        TextFileSource source = TextFiles.lines(write("a\nb\nc"));
        FilePosition end = new FilePosition(source.listParts().get(0), 5, 3);
        Collected<String> rest = new Collected<>();

        try (var partition = source.buildPart("flow.in", end.file(), end)) {
            rest.drain(partition);
            assertThat(partition.snapshot().offset()).isEqualTo(5);
            assertThat(partition.snapshot().line()).isEqualTo(3);
        }
        assertThat(rest.items).isEmpty();
    }

    @Test
    void lineEndsOfBothKindsDoNotBelongToTheLine() throws Exception {
        assertThat(Collected.all(TextFiles.lines(write("a\r\n\r\nb\nc\rd\r\n"))).items)
                .containsExactly("a", "", "b", "c\rd");
    }

    @Test
    void emptyFileHasNoLines() throws Exception {
        assertThat(Collected.all(TextFiles.lines(write(""))).items).isEmpty();
    }

    @Test
    void byteOrderMarkIsPassedOver() throws Exception {
        TextFileSource source = TextFiles.lines(write("\uFEFFa\nb\n"));

        assertThat(Collected.all(source).items).containsExactly("a", "b");
        FilePosition start = new FilePosition(source.listParts().get(0), 3, 0);
        assertThat(Collected.from(source, start).items).containsExactly("a", "b");
    }

    @Test
    void batchHasAtMostAsManyLinesAsAsked() throws Exception {
        TextFileSource source = TextFiles.lines(write("a\nb\nc\n")).withBatchItems(2);
        Collected<String> collected = new Collected<>();

        try (var partition = source.buildPart("flow.in", source.listParts().get(0), null)) {
            assertThat(partition.nextBatch(collected)).isEqualTo(SourceStatus.OPEN);
            assertThat(collected.items).containsExactly("a", "b");
            assertThat(partition.nextBatch(collected)).isEqualTo(SourceStatus.ENDED);
            assertThat(collected.items).containsExactly("a", "b", "c");
        }
    }

    @Test
    void malformedLineIsRejectedWithFileAndLine() throws Exception {
        Path file =
                Files.write(
                        directory.resolve("in.txt"),
                        new byte[] {'a', '\n', (byte) 0xff, 'x', '\n', 'b', '\n'});

        Collected<String> collected = Collected.all(TextFiles.lines(file));

        assertThat(collected.items).containsExactly("a", "b");
        assertThat(collected.rejected).containsExactly("\uFFFDx");
        assertThat(collected.reason()).contains(file + ", line 2", "UTF-8", "withMalformed");
        MalformedRecordException cause = (MalformedRecordException) collected.causes.get(0);
        assertThat(cause.file()).isEqualTo(file.toString());
        assertThat(cause.line()).isEqualTo(2);
        assertThat(cause.offset()).isEqualTo(2);
    }

    @Test
    void malformedLineIsReplacedOnRequest() throws Exception {
        Path file = Files.write(directory.resolve("in.txt"), new byte[] {(byte) 0xc3, 'x', '\n'});

        Collected<String> collected =
                Collected.all(TextFiles.lines(file).withMalformed(MalformedText.REPLACE));

        assertThat(collected.items).containsExactly("\uFFFDx");
        assertThat(collected.rejected).isEmpty();
    }

    @Test
    void replacementCharacterThatIsInTheFileIsNotMalformed() throws Exception {
        assertThat(Collected.all(TextFiles.lines(write("a\uFFFDb\n"))).items)
                .containsExactly("a\uFFFDb");
    }

    @Test
    void otherCharsetsAreReadByName() throws Exception {
        Path file =
                Files.write(
                        directory.resolve("in.txt"),
                        "Zürich\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(
                        Collected.all(
                                        TextFiles.lines(file)
                                                .withCharset(StandardCharsets.ISO_8859_1))
                                .items)
                .containsExactly("Zürich");
    }

    @Test
    void charsetWithoutOneByteLineFeedIsRefused() throws Exception {
        assertThatThrownBy(
                        () -> TextFiles.lines(Path.of("a")).withCharset(StandardCharsets.UTF_16LE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UTF-16LE")
                .hasMessageContaining("convert");
    }

    @Test
    void lineAtTheLimitIsReadAndALongerOneRejected() throws Exception {
        TextFileSource source =
                TextFiles.lines(write("12345\n123456\r\n1234567\n12345\n")).withLineBytesMax(6);

        Collected<String> collected = Collected.all(source);

        assertThat(collected.items).containsExactly("12345", "123456", "12345");
        assertThat(collected.rejected).containsExactly("1234567");
        assertThat(collected.reason()).contains("line 3", "7 bytes", "limit is 6");
    }

    @Test
    void lineOfManyBlocksIsSkippedWithoutBeingHeld() throws Exception {
        String text = "a\n" + "x".repeat(3_000_000) + "\nb\n" + "y".repeat(2_000_000);
        TextFileSource source =
                TextFiles.lines(write(text)).withLineBytesMax(1_000).withBlockBytes(64);

        Collected<String> collected = Collected.all(source);

        assertThat(collected.items).containsExactly("a", "b");
        assertThat(collected.rejected).containsExactly("x".repeat(256), "y".repeat(256));
        assertThat(collected.causes.get(0))
                .hasMessageContaining("line 2")
                .hasMessageContaining("3000000 bytes");
        assertThat(collected.causes.get(1))
                .hasMessageContaining("line 4")
                .hasMessageContaining("2000000 bytes");
    }

    @Test
    void snapshotWhileALongLineIsSkippedStaysAtItsStart() throws Exception {
        Path file = directory.resolve("in.txt");
        Files.writeString(file, "a\n" + "x".repeat(40_000_000) + "\nb\n");
        TextFileSource source = TextFiles.lines(file);
        Collected<String> collected = new Collected<>();

        try (var partition = source.buildPart("flow.in", file.toString(), null)) {
            partition.nextBatch(collected);
            assertThat(partition.snapshot()).satisfies(at -> assertThat(at.offset()).isEqualTo(2));
            collected.drain(partition);
        }
        assertThat(collected.items).containsExactly("a", "b");
        assertThat(collected.reason()).contains("40000000 bytes");
    }

    @Test
    void newlineThatCameAfterTheLastLineWasReadIsPassedOver() throws Exception {
        Path file = write("a\nb\nc\n");
        FilePosition afterB = new FilePosition(file.toString(), 3, 2);

        assertThat(Collected.from(TextFiles.lines(file), afterB).items).containsExactly("c");
    }

    @Test
    void restOfALastLineThatWasReadTooEarlyIsRejected() throws Exception {
        Path file = write("a\nbeta\nc\n");
        FilePosition afterBe = new FilePosition(file.toString(), 4, 2);

        Collected<String> collected = Collected.from(TextFiles.lines(file), afterBe);

        assertThat(collected.items).containsExactly("c");
        assertThat(collected.rejected).containsExactly("ta");
        assertThat(collected.reason()).contains("line 2", "withFollow");
    }

    @Test
    void positionBeyondTheEndIsRefused() throws Exception {
        Path file = write("a\n");
        FilePosition beyond = new FilePosition(file.toString(), 10, 5);

        assertThatThrownBy(() -> Collected.from(TextFiles.lines(file), beyond))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("up to byte 10")
                .hasMessageContaining("2 bytes")
                .hasMessageContaining("truncated or replaced");
    }

    @Test
    void fileThatShrinksWhileItIsReadIsNoticedAtItsEnd() throws Exception {
        Path file = write("a\nb\nc\n");
        TextFileSource source = TextFiles.lines(file).withBatchItems(1).withBlockBytes(4);
        Collected<String> collected = new Collected<>();
        try (var partition = source.buildPart("flow.in", file.toString(), null)) {
            partition.nextBatch(collected);
            Files.writeString(file, "");

            assertThatThrownBy(() -> collected.drain(partition))
                    .hasMessageContaining("up to byte 4")
                    .hasMessageContaining("0 bytes");
        }
    }

    @Test
    void missingFileIsRefusedAtAResumeWithItsPosition() {
        Path file = directory.resolve("gone.txt");
        FilePosition position = new FilePosition(file.toString(), 10, 5);

        assertThatThrownBy(
                        () -> TextFiles.lines(file).buildPart("flow.in", file.toString(), position))
                .hasMessageContaining("up to byte 10")
                .hasMessageContaining("does not exist");
    }

    @Test
    void stateOfAnotherFileIsRefused() throws Exception {
        Path file = write("a\n");

        assertThatThrownBy(
                        () ->
                                Collected.from(
                                        TextFiles.lines(file), new FilePosition("other.txt", 0, 0)))
                .hasMessageContaining("'other.txt'");
    }

    @Test
    void missingFileIsRefusedAtTheStart() {
        assertThatThrownBy(() -> TextFiles.lines(directory.resolve("gone.txt")).listParts())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gone.txt' does not exist");
    }

    @Test
    void directoryInPlaceOfAFileIsRefused() {
        assertThatThrownBy(() -> TextFiles.lines(directory).listParts())
                .hasMessageContaining("is a directory")
                .hasMessageContaining("TextFiles.directory");
    }

    @Test
    void pipeInPlaceOfAFileIsRefused() {
        assertThatThrownBy(() -> TextFiles.lines(Path.of("/dev/null")).listParts())
                .hasMessageContaining("not a regular file")
                .hasMessageContaining("StandardStreams.in()");
    }

    @Test
    void readErrorTellsFileAndOffset() {
        Path unreadable = Path.of("/proc/self/mem");

        assertThatThrownBy(() -> Collected.all(TextFiles.lines(unreadable)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/proc/self/mem")
                .hasMessageContaining("byte 0");
    }

    @Test
    void sourceKeepsItsOptionsWhenItIsSerialized() throws Exception {
        TextFileSource source =
                TextFiles.lines(write("a\nb\n"))
                        .withFollow(FollowOptions.defaults())
                        .withBatchItems(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(source);
        var copy =
                (TextFileSource)
                        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))
                                .readObject();
        Collected<String> collected = new Collected<>();

        try (var partition = copy.buildPart("flow.in", copy.listParts().get(0), null)) {
            partition.nextBatch(collected);
        }
        assertThat(collected.items).containsExactly("a");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("in.txt"), text);
    }
}
