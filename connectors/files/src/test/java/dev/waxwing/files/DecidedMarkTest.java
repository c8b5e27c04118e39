package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.run.FileAccess;
import dev.waxwing.simulation.disk.PowerLossDisk;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.testing.TargetFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a sink makes of lines that an execution left which decided no epoch, and what readers are
 * told of those of others.
 */
final class DecidedMarkTest {

    private static final UUID STORE = new UUID(1, 2);

    @TempDir private Path directory;

    private Path file = Path.of("unset");
    private Path mark = Path.of("unset");

    @BeforeEach
    void nameFiles() {
        file = directory.resolve("out.txt");
        mark = directory.resolve(".out.txt.waxwing-decided");
    }

    @Test
    void leftoversOfAnExecutionOfTheSameStoreAreCut() throws Exception {
        write(OnExisting.FAIL, null, "left");

        write(OnExisting.FAIL, null, "again");

        assertThat(file).hasContent("again\n");
    }

    @Test
    void leftoversBehindOlderLinesAreCutAndTheLinesStay() throws Exception {
        Files.writeString(file, "old\n");
        write(OnExisting.APPEND, null, "left");

        write(OnExisting.APPEND, null, "again");

        assertThat(file).hasContent("old\nagain\n");
    }

    @Test
    void leftoversBehindLinesThatHaveChangedAreNotCut() throws Exception {
        Files.writeString(file, "old\n");
        write(OnExisting.APPEND, null, "left");
        Files.writeString(file, "OLD\nleft\n");

        assertThatThrownBy(() -> open(OnExisting.APPEND, null, STORE))
                .hasMessageContaining("are not those that were written");
        assertThat(file).hasContent("OLD\nleft\n");
    }

    @Test
    void markStaysOfTheExecutionThatHasForcedForADecision() throws Exception {
        AppendPosition position = write(OnExisting.FAIL, null, "a");
        AppendSink<String> sink = TextFiles.append(file);
        var second = new TestFence(STORE, 2, 0);
        try (var partition =
                sink.buildPart("flow.out", sink.listParts().get(0), position, second)) {
            partition.force();
        }

        mark(second).checkOwn();
    }

    @Test
    void linesOfAnotherStoreAreNotCut() throws Exception {
        write(OnExisting.FAIL, null, "left");

        assertThatThrownBy(() -> open(OnExisting.FAIL, null, UUID.randomUUID()))
                .hasMessageContaining("exists and has 5 bytes");
        assertThat(file).hasContent("left\n");
    }

    @Test
    void fileThatHasTakenThePlaceOfTheLeftoversIsNotCut() throws Exception {
        write(OnExisting.FAIL, null, "left");
        Path other = Files.writeString(directory.resolve("other"), "important\n");
        Files.delete(file);
        Files.move(other, file);

        assertThatThrownBy(() -> open(OnExisting.FAIL, null, STORE))
                .hasMessageContaining("exists and has 10 bytes");
        assertThat(file).hasContent("important\n");
    }

    @Test
    void markThatIsNotWholeIsNone() throws Exception {
        write(OnExisting.FAIL, null, "left");
        Files.writeString(mark, Files.readString(mark).stripTrailing());

        assertThatThrownBy(() -> open(OnExisting.FAIL, null, STORE))
                .hasMessageContaining("exists and has 5 bytes");
    }

    @Test
    void linesOfADecidedEpochAreNotCutThoughTheStoreDoesNotKnowThem() throws Exception {
        try (var partition = open(OnExisting.FAIL, null, STORE)) {
            partition.writeBatch(List.of("a"));
            partition.onDecided(partition.snapshot());
        }

        assertThatThrownBy(() -> open(OnExisting.FAIL, null, STORE))
                .hasMessageContaining("exists and has 2 bytes");
    }

    @Test
    void readersSeeWhatIsDecidedAndNoMore() throws Exception {
        try (var partition = open(OnExisting.FAIL, null, STORE)) {
            partition.writeBatch(List.of("a", "b"));
            assertThat(DecidedBytes.of(file)).hasValue(0);
            AppendPosition position = partition.snapshot();
            partition.writeBatch(List.of("c"));
            partition.onDecided(position);
        }

        assertThat(DecidedBytes.of(file)).hasValue(4);
        try (var lines = DecidedBytes.open(file)) {
            assertThat(lines.readAllBytes()).asString().isEqualTo("a\nb\n");
        }
    }

    @Test
    void readersOfAnyProgramFindTheNumberInTheFirstLine() throws Exception {
        try (var partition = open(OnExisting.FAIL, null, STORE)) {
            partition.writeBatch(List.of("a"));
            partition.onDecided(partition.snapshot());
        }

        assertThat(Files.readAllLines(mark)).first().isEqualTo("bytes 2");
    }

    @Test
    void resumeTellsReadersHowFarIsDecidedThoughTheLastExecutionCouldNot() throws Exception {
        AppendPosition position = write(OnExisting.FAIL, null, "a");

        open(OnExisting.FAIL, position, STORE).close();

        assertThat(DecidedBytes.of(file)).hasValue(2);
    }

    @Test
    void nothingIsCutBeforeReadersAreToldOfIt() throws Exception {
        boolean[] crashes = new boolean[1];
        TargetFaults crash =
                point -> {
                    if (crashes[0] && point.equals("rename.before")) {
                        throw new IOException("crash");
                    }
                };
        file = new PowerLossDisk(1).mount(crash).resolve("out.txt");
        AppendPosition first = write(OnExisting.FAIL, null, "a");
        AppendPosition second = write(OnExisting.FAIL, first, "b");
        open(OnExisting.FAIL, second, STORE).close();

        crashes[0] = true;

        assertThatThrownBy(() -> open(OnExisting.FAIL, first, STORE)).hasMessageContaining("crash");
        assertThat(DecidedBytes.of(file)).hasValue(4);
        assertThat(Files.readString(file)).isEqualTo("a\nb\n");
    }

    @Test
    void olderLinesMayBeReadBeforeAnEpochIsDecided() throws Exception {
        Files.writeString(file, "old\n");

        write(OnExisting.APPEND, null, "a");

        assertThat(DecidedBytes.of(file)).hasValue(4);
    }

    @Test
    void streamOfWhatIsDecidedSkipsAndEndsThere() throws Exception {
        AppendPosition position = write(OnExisting.FAIL, null, "abc");
        write(OnExisting.FAIL, position, "more");

        try (var bytes = DecidedBytes.open(file)) {
            assertThat(bytes.available()).isEqualTo(4);
            assertThat(bytes.skip(2)).isEqualTo(2);
            assertThat(bytes.read()).isEqualTo('c');
            assertThat(bytes.skip(9)).isEqualTo(1);
            assertThat(bytes.read()).isEqualTo(-1);
        }
    }

    @Test
    void withoutAStoreNothingIsPromised() throws Exception {
        Files.writeString(mark, "of an earlier execution");
        AppendSink<String> sink = TextFiles.append(file);
        try (var partition = sink.buildPart("flow.out", sink.listParts().get(0), null)) {
            partition.writeBatch(List.of("a"));
        }

        assertThat(DecidedBytes.of(file)).isEmpty();
        assertThatThrownBy(() -> DecidedBytes.open(file))
                .hasMessageContaining("out.txt' is decided")
                .hasMessageContaining("missing or torn");
    }

    @Test
    void markThatAnExecutionWithStoreHasLeftIsRemovedByOneWithout() throws Exception {
        write(OnExisting.FAIL, null, "a");
        AppendSink<String> sink = TextFiles.append(file).withOnExisting(OnExisting.APPEND);

        sink.buildPart("flow.out", sink.listParts().get(0), null).close();

        assertThat(mark).doesNotExist();
    }

    @Test
    void fileThatIsGoneIsBegunAnewThoughItsMarkIsLeft() throws Exception {
        write(OnExisting.FAIL, null, "left");
        Files.delete(file);

        write(OnExisting.FAIL, null, "again");

        assertThat(file).hasContent("again\n");
    }

    @Test
    void fileThatHasTakenThePlaceOfADecidedOneIsNotCut() throws Exception {
        try (var partition = open(OnExisting.FAIL, null, STORE)) {
            partition.writeBatch(List.of("a"));
            partition.onDecided(partition.snapshot());
        }
        Path other = Files.writeString(directory.resolve("other"), "a\nimportant\n");
        Files.delete(file);
        Files.move(other, file);

        AppendFile.cutUndecided(file);

        assertThat(file).hasContent("a\nimportant\n");
    }

    @Test
    void fileMayBeOpenElsewhereUnlessAnExecutionAfterTheOneTakenOverHasMarkedIt() throws Exception {
        Files.writeString(file, "");
        DecidedMark third = mark(new TestFence(STORE, 3, 2));
        assertThat(third.mayBeOpenElsewhere()).as("no mark").isTrue();

        mark(new TestFence(new UUID(7, 7), 9, 0)).begin(new AppendPosition(0, 0));
        assertThat(third.mayBeOpenElsewhere()).as("of another store").isTrue();
        mark(new TestFence(STORE, 2, 0)).begin(new AppendPosition(0, 0));
        assertThat(third.mayBeOpenElsewhere()).as("of the one taken over").isTrue();
        third.begin(new AppendPosition(0, 0));
        assertThat(third.mayBeOpenElsewhere()).as("its own").isFalse();
    }

    @Test
    void markThatAnotherHasTakenIsNotPutBack() throws Exception {
        Files.writeString(file, "");
        DecidedMark third = mark(new TestFence(STORE, 3, 0));
        mark(new TestFence(STORE, 1, 0)).begin(new AppendPosition(0, 0));
        DecidedMark.Former former =
                mark(new TestFence(STORE, 2, 0)).resume(new AppendPosition(0, 0));
        third.resume(new AppendPosition(0, 0));

        former.putBack();

        third.checkOwn();
    }

    @Test
    void whatTheMarkSaidBeforeIsPutBack() throws Exception {
        Files.writeString(file, "");
        DecidedMark second = mark(new TestFence(STORE, 2, 0));
        second.resume(new AppendPosition(0, 0)).putBack();
        assertThat(mark).doesNotExist();

        mark(new TestFence(new UUID(7, 7), 1, 0)).begin(new AppendPosition(0, 0));
        String before = Files.readString(mark);
        second.resume(new AppendPosition(0, 0)).putBack();

        assertThat(mark).hasContent(before);
    }

    private DecidedMark mark(TestFence store) {
        return new DecidedMark(file, FileAccess.OWNER, store);
    }

    @Test
    void markIsNoInput() throws Exception {
        write(OnExisting.FAIL, null, "a");

        assertThat(TextFiles.directory(directory, "*").listParts()).containsExactly("out.txt");
    }

    private AppendPosition write(
            OnExisting choice, @Nullable AppendPosition resume, String... lines) throws Exception {
        try (var partition = open(choice, resume, STORE)) {
            partition.writeBatch(List.of(lines));
            return partition.snapshot();
        }
    }

    private StatefulSinkPartition<String, AppendPosition> open(
            OnExisting choice, @Nullable AppendPosition resume, UUID store) throws Exception {
        AppendSink<String> sink = TextFiles.append(file).withOnExisting(choice);
        return sink.buildPart("flow.out", sink.listParts().get(0), resume, TestFence.of(store));
    }
}
