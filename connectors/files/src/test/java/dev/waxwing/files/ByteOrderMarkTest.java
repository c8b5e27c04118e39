package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.source.StatefulSourcePartition;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A UTF-8 byte order mark, whenever it comes. */
@Isolated("exchanges the process's input")
final class ByteOrderMarkTest {

    private static final byte[] TEXT = "\uFEFFa\nb\n".getBytes(StandardCharsets.UTF_8);
    private static final FollowOptions RESTART =
            FollowOptions.defaults().withOnTruncation(OnTruncation.RESTART);
    private static final int LOOKS = 5;

    @TempDir Path directory;

    private final Collected<String> collected = new Collected<>();
    private final InputStream in = System.in;
    private Path file = Path.of("unset");

    @BeforeEach
    void makeFile() throws Exception {
        file = Files.createFile(directory.resolve("app.log"));
    }

    @AfterEach
    void restore() {
        System.setIn(in);
    }

    @Test
    void markOfAFollowedFileThatWasEmptyIsPassedOver() throws Exception {
        try (var partition = follow()) {
            look(partition);
            append(TEXT);
            look(partition);
        }

        assertThat(collected.items).containsExactly("a", "b");
    }

    @Test
    void markThatComesInPiecesIsPassedOver() throws Exception {
        try (var partition = follow()) {
            for (byte each : TEXT) {
                look(partition);
                append(new byte[] {each});
            }
            look(partition);
            assertThat(partition.snapshot().offset()).isEqualTo(TEXT.length);
        }

        assertThat(collected.items).containsExactly("a", "b");
    }

    @Test
    void markOfAFileThatWasRotatedToAnEmptyOneIsPassedOver() throws Exception {
        append("old\n".getBytes(StandardCharsets.UTF_8));
        try (var partition = follow()) {
            look(partition);
            Files.move(file, directory.resolve("app.log.1"));
            Files.createFile(file);
            look(partition);
            append(TEXT);
            look(partition);
        }

        assertThat(collected.items).containsExactly("old", "a", "b");
    }

    @Test
    void markOfAFileThatWasEmptyInTheLastExecutionIsPassedOver() throws Exception {
        TextFileSource source = TextFiles.lines(file);
        FilePosition position;
        try (var partition = source.buildPart("flow.in", file.toString(), null)) {
            collected.drain(partition);
            position = partition.snapshot();
        }
        append(TEXT);

        assertThat(Collected.from(source, position).items).containsExactly("a", "b");
    }

    @Test
    void markOfStandardInputIsPassedOver() throws Exception {
        System.setIn(new ByteArrayInputStream(TEXT));
        try (var partition = StandardStreams.in().build("flow.in", 0, 1)) {
            collected.drain(partition);
        }

        assertThat(collected.items).containsExactly("a", "b");
    }

    @Test
    void markInTheMidstOfStandardInputIsTextThoughAnExecutionBeginsThere() throws Exception {
        System.setIn(new ByteArrayInputStream("a\n\uFEFFb\n".getBytes(StandardCharsets.UTF_8)));
        try (var partition = StandardStreams.in().withBatchItems(1).build("flow.in", 0, 1)) {
            partition.nextBatch(collected);
        }
        try (var partition = StandardStreams.in().build("flow.in", 0, 1)) {
            collected.drain(partition);
        }

        assertThat(collected.items).containsExactly("a", "\uFEFFb");
    }

    @Test
    void halfOfAMarkIsAMalformedLine() throws Exception {
        append(Arrays.copyOf(TEXT, 2));

        Collected<String> read = Collected.all(TextFiles.lines(file));

        assertThat(read.items).isEmpty();
        assertThat(read.rejected).hasSize(1);
    }

    private StatefulSourcePartition<String, FilePosition> follow() throws Exception {
        return TextFiles.lines(file)
                .withFollow(RESTART)
                .buildPart("flow.in", file.toString(), null);
    }

    private void look(StatefulSourcePartition<String, FilePosition> partition) throws Exception {
        for (int i = 0; i < LOOKS; i++) {
            partition.nextBatch(collected);
        }
    }

    private void append(byte[] bytes) throws Exception {
        Files.write(file, bytes, StandardOpenOption.APPEND);
    }
}
