package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.testing.TestSink;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lines know where they come from, however they are read. */
final class NumberedLinesTest {

    private static final FollowOptions RESTART =
            FollowOptions.defaults().withOnTruncation(OnTruncation.RESTART);
    private static final int LOOKS = 40;

    @TempDir Path directory;

    @Test
    void linesHaveFileNumberAndOffset() throws Exception {
        Path file = write("in.txt", "one\r\n\nthr\u00e9e\nlast");

        assertThat(Collected.all(TextFiles.numberedLines(file)).items)
                .containsExactly(
                        new NumberedLine(file.toString(), 1, 0, "one"),
                        new NumberedLine(file.toString(), 2, 5, ""),
                        new NumberedLine(file.toString(), 3, 6, "thr\u00e9e"),
                        new NumberedLine(file.toString(), 4, 13, "last"));
    }

    @Test
    void linesThatAreRejectedAreCounted() throws Exception {
        Path file = directory.resolve("in.txt");
        Files.write(file, new byte[] {(byte) 0xff, '\n', '1', '2', '3', '\n', 'a', '\n'});

        Collected<NumberedLine> collected =
                Collected.all(TextFiles.lines(file).withLineBytesMax(2).numbered());

        assertThat(collected.items).containsExactly(new NumberedLine(file.toString(), 3, 6, "a"));
        assertThat(collected.causes)
                .extracting(Object::toString)
                .satisfiesExactly(
                        first -> assertThat(first).contains("in.txt, line 1: ", "at byte 0)"),
                        second -> assertThat(second).contains("in.txt, line 2: ", "at byte 2)"));
    }

    @Test
    void linesBehindAByteOrderMarkHaveTheOffsetOfTheirText() throws Exception {
        Path file = write("in.txt", "\uFEFFa\nb\n");

        assertThat(places(Collected.all(TextFiles.numberedLines(file)).items))
                .containsExactly("in.txt 1 3 a", "in.txt 2 5 b");
    }

    @Test
    void packedLinesHaveTheOffsetInWhatWasPacked() throws Exception {
        Path file = write("in.txt", "a\nbb\nc\n");
        LogDirectory.pack(file);

        assertThat(places(Collected.all(TextFiles.directory(directory, "*").numbered()).items))
                .containsExactly("in.txt.gz 1 0 a", "in.txt.gz 2 2 bb", "in.txt.gz 3 5 c");
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void numbersGoOnFromEveryPosition(Compression compression) throws Exception {
        Path file = write("in.txt", "a\nbb\n\nc\nlast");
        if (compression == Compression.GZIP) {
            LogDirectory.pack(file);
        }
        var source =
                TextFiles.directory(directory, "in*")
                        .withCompression(compression)
                        .withBatchItems(1)
                        .withBlockBytes(2)
                        .numbered();
        List<NumberedLine> all = Collected.all(source).items;
        assertThat(all).extracting(NumberedLine::number).containsExactly(1L, 2L, 3L, 4L, 5L);

        Collected<NumberedLine> read = new Collected<>();
        FilePosition position = null;
        while (read.items.size() < all.size()) {
            position = readOne(source, position, read);
        }

        assertThat(read.items).isEqualTo(all);
    }

    @Test
    void numbersGoOnBehindALineThatGotItsEndLater() throws Exception {
        Path file = write("in.txt", "a\nb");
        var source = TextFiles.numberedLines(file);
        Collected<NumberedLine> read = new Collected<>();
        FilePosition position = readOne(source, null, read);
        Files.writeString(file, "\nc\n", StandardOpenOption.APPEND);

        assertThat(places(read.items)).containsExactly("in.txt 1 0 a", "in.txt 2 2 b");
        assertThat(places(Collected.from(source, position).items)).containsExactly("in.txt 3 4 c");
    }

    @Test
    void filesThatAreReadInOrderHaveNumbersOfTheirOwn() throws Exception {
        write("a.log", "1\n2\n");
        write("b.log", "3\n");
        var source =
                TextFiles.directory(directory, "*.log")
                        .withOrder(FileOrder.NAME)
                        .withBatchItems(1)
                        .numbered();
        Collected<NumberedLine> read = new Collected<>();
        FilePosition position = null;
        for (int i = 0; i < 5; i++) {
            position = readOne(source, position, read);
        }

        assertThat(places(read.items)).containsExactly("a.log 1 0 1", "a.log 2 2 2", "b.log 1 0 3");
        assertThat(read.items).extracting(NumberedLine::file).contains("a.log", "b.log");
    }

    @Test
    void linesThatAreFollowedGoOnWithTheirNumbers() throws Exception {
        Path file = write("in.log", "a\nb");
        Collected<NumberedLine> read = new Collected<>();
        FilePosition position = follow(file, null, read);
        Files.writeString(file, "b\nc\n", StandardOpenOption.APPEND);
        follow(file, position, read);

        assertThat(places(read.items))
                .containsExactly("in.log 1 0 a", "in.log 2 2 bb", "in.log 3 5 c");
    }

    @ParameterizedTest
    @EnumSource(LogDirectory.Way.class)
    void linesOfAFileThatWasRotatedHaveItsNameAndNumbers(LogDirectory.Way way) throws Exception {
        LogDirectory logs = new LogDirectory(directory);
        logs.append("first");
        Collected<NumberedLine> read = new Collected<>();
        FilePosition position = follow(logs.live(), null, read);
        logs.append("second");
        logs.rotate(way);
        logs.append("of the next file, and longer");
        follow(logs.live(), position, read);

        Path rotated = logs.rotated(way == LogDirectory.Way.RENAME_BY_DATE ? ".2026-10-28" : ".1");
        assertThat(places(read.items))
                .containsExactly(
                        "access.log 1 0 first",
                        rotated.getFileName() + " 2 6 second",
                        "access.log 1 0 of the next file, and longer");
        assertThat(Path.of(read.items.get(1).file())).isEqualTo(real(rotated));
    }

    @Test
    void linesOfStandardInputAreNumberedOverExecutions() throws Exception {
        InputStream former = System.in;
        try {
            System.setIn(new ByteArrayInputStream("a\nb\n\nc".getBytes(StandardCharsets.UTF_8)));
            var source = StandardStreams.in().withBatchItems(2).numbered();
            Collected<NumberedLine> read = new Collected<>();
            try (var first = source.build("flow.in", 0, 1)) {
                first.nextBatch(read);
            }
            try (var second = source.build("flow.in", 0, 1);
                    var other = source.build("flow.in", 1, 2)) {
                read.drain(second);
                assertThat(other.nextBatch(read)).isEqualTo(SourceStatus.ENDED);
            }

            assertThat(read.items)
                    .containsExactly(
                            new NumberedLine("standard input", 1, 0, "a"),
                            new NumberedLine("standard input", 2, 2, "b"),
                            new NumberedLine("standard input", 3, 4, ""),
                            new NumberedLine("standard input", 4, 5, "c"));
        } finally {
            System.setIn(former);
        }
    }

    @Test
    void numberedLinesAreStoredAsState() throws Exception {
        Path file = write("in.txt", "a\nb\n");
        TestSink<String> out = new TestSink<>();
        var flow = Dataflow.named("flow");
        flow.input("in", TextFiles.lines(file).withBatchItems(1).numbered())
                .keyOn("key", line -> "all")
                .statefulMap(
                        "last",
                        (@Nullable NumberedLine before, NumberedLine line) ->
                                StateUpdate.keep(line, (before == null ? 0 : before.number()) + 1L))
                .map("text", (key, number) -> String.valueOf(number))
                .output("out", out);
        var options =
                EmbeddedOptions.defaults()
                        .withRecovery(
                                RecoveryOptions.in(directory.resolve("store"))
                                        .withEpochInterval(Duration.ZERO));

        Waxwing.run(flow, options);
        Files.writeString(file, "c\n", StandardOpenOption.APPEND);
        Waxwing.run(flow, options);

        assertThat(out.committed()).containsExactly("1", "2", "3");
    }

    /* Reads a batch and ends, as an execution that is stopped. */
    private static FilePosition readOne(
            FixedPartitionedSource<NumberedLine, FilePosition> source,
            @Nullable FilePosition from,
            Collected<NumberedLine> read)
            throws Exception {
        try (var partition = source.buildPart("flow.in", source.listParts().get(0), from)) {
            partition.nextBatch(read);
            return partition.snapshot();
        }
    }

    private static FilePosition follow(
            Path file, @Nullable FilePosition from, Collected<NumberedLine> read) throws Exception {
        var source = TextFiles.lines(file).withFollow(RESTART).numbered();
        try (var partition = source.buildPart("flow.in", file.toString(), from)) {
            for (int i = 0; i < LOOKS; i++) {
                partition.nextBatch(read);
            }
            return partition.snapshot();
        }
    }

    private static Path real(Path file) throws Exception {
        return file.getParent().toRealPath().resolve(file.getFileName());
    }

    private static List<String> places(List<NumberedLine> lines) {
        return lines.stream()
                .map(
                        line ->
                                Path.of(line.file()).getFileName()
                                        + " "
                                        + line.number()
                                        + " "
                                        + line.offset()
                                        + " "
                                        + line.text())
                .toList();
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }
}
