package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FollowTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final FollowOptions FOLLOW =
            FollowOptions.defaults().withPollInterval(Duration.ofSeconds(3)).withClock(() -> NOW);
    private static final FollowOptions RESTART = FOLLOW.withOnTruncation(OnTruncation.RESTART);

    @TempDir Path directory;

    private final Collected<String> collected = new Collected<>();
    private Path file = Path.of("unset");
    private StatefulSourcePartition<String, FilePosition> partition;

    @BeforeEach
    void open() throws Exception {
        file = Files.writeString(directory.resolve("app.log"), "a\nb");
        partition = open(RESTART, null);
    }

    @AfterEach
    void close() throws Exception {
        partition.close();
    }

    @Test
    void halfLineWaitsForItsNewline() throws Exception {
        read();
        assertThat(collected.items).containsExactly("a");
        append("eta");
        read();
        assertThat(collected.items).containsExactly("a");
        append("\n");
        read();
        assertThat(collected.items).containsExactly("a", "beta");
    }

    @Test
    void endOfFileIsNotEndOfInputAndAsksToBeCalledLater() throws Exception {
        assertThat(partition.nextAwake()).isNull();
        assertThat(partition.nextBatch(collected)).isEqualTo(SourceStatus.OPEN);
        assertThat(partition.nextAwake()).isEqualTo(NOW.plusSeconds(3));
    }

    @Test
    void snapshotIsBeforeTheHalfLine() throws Exception {
        read();
        append("eta\n");
        FilePosition position = partition.snapshot();
        partition.close();

        partition = open(RESTART, position);
        read();
        assertThat(collected.items).containsExactly("a", "beta");
    }

    @Test
    void truncatedFileStopsReading() throws Exception {
        partition = open(FOLLOW, null);
        read();
        Files.writeString(file, "");

        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("truncated or replaced");
    }

    @Test
    void truncatedFileIsReadFromItsBeginningByChoice() throws Exception {
        read();
        Files.writeString(file, "x\n");
        read();
        read();

        assertThat(collected.items).containsExactly("a", "x");
        assertThat(partition.snapshot()).satisfies(at -> assertThat(at.offset()).isEqualTo(2));
    }

    @Test
    void rotatedFileStopsReadingAfterItsLastLine() throws Exception {
        partition = open(FOLLOW, null);
        rotate();
        read();

        assertThatThrownBy(this::read).hasMessageContaining("replaced by another");
        assertThat(collected.items).containsExactly("a");
    }

    @Test
    void rotatedFileIsReadToItsEndAndThenTheNewOneByChoice() throws Exception {
        read();
        rotate();
        read();
        Files.writeString(directory.resolve("app.log.1"), "eta\nlast", StandardOpenOption.APPEND);
        read();
        read();
        read();
        read();

        assertThat(collected.items).containsExactly("a", "beta", "last", "n");
    }

    @Test
    void fileThatIsMovedAwayIsKeptUntilANewOneHasItsName() throws Exception {
        Files.move(file, directory.resolve("app.log.1"));
        read();
        read();
        Files.writeString(directory.resolve("app.log.1"), "\n", StandardOpenOption.APPEND);
        read();

        assertThat(collected.items).containsExactly("a", "b");
    }

    @Test
    void rotationWhileTheFileIsOpenedIsNotMissed() throws Exception {
        var tail = new Tail("app.log", file, RESTART);
        var opened = new ArrayList<ResumedFile>();

        ResumedFile kept = tail.open(() -> openedBefore(opened, this::rotate));

        assertThat(opened).hasSize(2);
        assertThat(kept).isSameAs(opened.get(1));
        assertThat(read(kept)).isEqualTo("n");
        assertThat(tail.onEnd(kept)).isEqualTo(Tail.Sight.WAIT);
        assertThat(tail.onEnd(kept)).isEqualTo(Tail.Sight.WAIT);
        kept.close();
    }

    @Test
    void rotationRightAfterTheFileWasOpenedIsNotMissed() throws Exception {
        var tail = new Tail("app.log", file, RESTART);
        var opened = new ArrayList<ResumedFile>();

        ResumedFile kept =
                tail.open(
                        () -> {
                            ResumedFile first = openedBefore(opened, () -> {});
                            if (opened.size() == 1) {
                                rotate();
                            }
                            return first;
                        });

        assertThat(opened).hasSize(2);
        assertThat(read(kept)).isEqualTo("n");
        kept.close();
    }

    @Test
    void fileThatIsGoneWhenItIsOpenedAgainIsWaitedFor() throws Exception {
        var tail = new Tail("app.log", file, RESTART);
        Files.delete(file);

        assertThat(tail.reopen(() -> openedBefore(new ArrayList<>(), () -> {}))).isNull();
    }

    @Test
    void replacedFileIsNoticedAtAResume() throws Exception {
        Files.writeString(file, "0123456789\n");
        FilePosition inTheMiddle = new FilePosition(file.toString(), 4, 2);

        assertThatThrownBy(() -> open(FOLLOW, inTheMiddle))
                .hasMessageContaining("no line ends there now")
                .hasMessageContaining("RESTART");
        partition = open(RESTART, inTheMiddle);
        read();
        assertThat(collected.items).containsExactly("0123456789");
    }

    @Test
    void shorterFileIsRefusedAtAResumeOrReadAnewByChoice() throws Exception {
        FilePosition beyond = new FilePosition(file.toString(), 100, 20);

        assertThatThrownBy(() -> open(FOLLOW, beyond)).hasMessageContaining("truncated");
        partition = open(RESTART, beyond);
        read();
        assertThat(collected.items).containsExactly("a");
    }

    private StatefulSourcePartition<String, FilePosition> open(
            FollowOptions options, @Nullable FilePosition resume) throws Exception {
        return TextFiles.lines(file)
                .withFollow(options)
                .buildPart("flow.in", file.toString(), resume);
    }

    private void read() throws Exception {
        assertThat(partition.nextBatch(collected)).isEqualTo(SourceStatus.OPEN);
    }

    private ResumedFile openedBefore(List<ResumedFile> opened, Happening first) throws IOException {
        if (opened.isEmpty()) {
            first.happens();
        }
        ReadOptions options = ReadOptions.DEFAULTS.withFollow(RESTART);
        opened.add(ResumedFile.open(file.toString(), file, options, null));
        return opened.get(opened.size() - 1);
    }

    private static String read(ResumedFile file) throws IOException {
        assertThat(file.lines().next()).isEqualTo(LineReader.Found.LINE);
        return new String(
                file.lines().bytes(),
                file.lines().from(),
                file.lines().length(),
                StandardCharsets.UTF_8);
    }

    private interface Happening {
        void happens() throws IOException;
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private void rotate() throws IOException {
        Files.move(file, directory.resolve("app.log.1"));
        Files.writeString(file, "n\n");
    }
}
