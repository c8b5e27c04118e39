package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.testing.TestSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are read one after the other, and rotated between executions. */
final class FilesInOrderTest {

    private static final int EXECUTIONS = 10;

    @TempDir Path temp;

    private final List<String> written = new ArrayList<>();
    private final List<String> read = new ArrayList<>();
    private LogDirectory logs = new LogDirectory(Path.of("unset"));
    private @Nullable FilePosition position;

    @BeforeEach
    void makeDirectory() throws Exception {
        logs = new LogDirectory(Files.createDirectory(temp.resolve("logs")));
    }

    @ParameterizedTest
    @CsvSource({
        "RENAME, ROTATION",
        "RENAME, TIME",
        "COPY_AND_TRUNCATE, ROTATION",
        "COPY_AND_TRUNCATE, TIME",
        "RENAME_AND_PACK, ROTATION",
        "RENAME_AND_PACK, TIME",
        "RENAME_BY_DATE, ROTATION",
        "RENAME_BY_DATE, TIME"
    })
    void rotatedLogIsReadOnceOverTenExecutions(LogDirectory.Way way, FileOrder order)
            throws Exception {
        for (int i = 0; i < EXECUTIONS; i++) {
            write("read " + i);
            readOn(source(order));
            write("not read " + i);
            logs.rotate(way);
            write("new " + i);
        }
        readOn(source(order));

        assertThat(read).isEqualTo(written);
    }

    @ParameterizedTest
    @EnumSource
    void logThatIsRotatedSeveralTimesBetweenExecutionsIsReadOnce(LogDirectory.Way way)
            throws Exception {
        for (int i = 0; i < EXECUTIONS; i++) {
            for (int rotation = 0; rotation < i % 4; rotation++) {
                write("line " + i + " " + rotation);
                logs.rotate(way);
            }
            write("last " + i);
            readOn(source(FileOrder.ROTATION));
        }

        assertThat(read).isEqualTo(written);
    }

    @Test
    void rotatedLogIsReadOnceByARunnerThatResumes() throws Exception {
        RecoveryOptions recovery = RecoveryOptions.in(temp.resolve("store"));
        for (LogDirectory.Way way : LogDirectory.Way.values()) {
            write("before " + way);
            run(recovery);
            write("behind " + way);
            logs.rotate(way);
            write("after " + way);
            run(recovery);
        }

        assertThat(read).isEqualTo(written);
    }

    @Test
    void packedFileIsReadOnFromWhereItWasPlain() throws Exception {
        write("a");
        readOn(source(FileOrder.TIME));
        write("b");
        logs.rotate(LogDirectory.Way.RENAME);
        LogDirectory.pack(logs.rotated(".1"));
        readOn(source(FileOrder.TIME));
        readOn(source(FileOrder.TIME));

        assertThat(read).containsExactly("a", "b");
    }

    @Test
    void fileThatIsJustBeingPackedIsReadOnce() throws Exception {
        write("a");
        logs.rotate(LogDirectory.Way.RENAME);
        byte[] plain = Files.readAllBytes(logs.rotated(".1"));
        LogDirectory.pack(logs.rotated(".1"));
        Files.write(logs.rotated(".1"), plain);
        readOn(source(FileOrder.ROTATION));
        Files.delete(logs.rotated(".1"));
        readOn(source(FileOrder.ROTATION));

        assertThat(read).containsExactly("a");
    }

    @Test
    void filesAreReadByName() throws Exception {
        file("b.csv", "k\n2\n");
        file("a.csv", "k\n1\n");
        var source = CsvFiles.directory(logs.path(), "*.csv").withOrder(FileOrder.NAME);

        assertThat(source.listParts()).containsExactly("*.csv");
        assertThat(Collected.all(source).items).containsExactly(Map.of("k", "1"), Map.of("k", "2"));
    }

    @Test
    void filesAreReadByTime() throws Exception {
        file("a.json", "2");
        file("b.json", "1");
        FileTime now = Files.getLastModifiedTime(logs.path().resolve("a.json"));
        Files.setLastModifiedTime(
                logs.path().resolve("b.json"), FileTime.fromMillis(now.toMillis() - 1_000));

        assertThat(
                        Collected.all(
                                        JsonFiles.directory(logs.path(), "*", Integer.class)
                                                .withOrder(FileOrder.TIME))
                                .items)
                .containsExactly(1, 2);
    }

    @Test
    void datesAndNumbersOfRotationAreInOrder() throws Exception {
        for (String name :
                List.of(
                        "app.log-20261129.gz",
                        "app.log-20261130",
                        "app.log.11.gz",
                        "app.log.2",
                        "app.log.1",
                        "app.log")) {
            file(name, name + "\n");
        }

        assertThat(Collected.all(source(FileOrder.ROTATION, "*")).items)
                .containsExactly(
                        "app.log-20261129.gz",
                        "app.log-20261130",
                        "app.log.11.gz",
                        "app.log.2",
                        "app.log.1",
                        "app.log");
    }

    @Test
    void newFileThatHoldsTheSameAsOneThatIsGoneIsRead() throws Exception {
        file("order-a.txt", "ok\n");
        file("order-b.txt", "ok\n");
        readOn(source(FileOrder.NAME, "*"));
        Files.delete(logs.path().resolve("order-a.txt"));
        file("order-0.txt", "ok\n");
        file("order-c.txt", "ok\n");
        readOn(source(FileOrder.NAME, "*"));

        assertThat(read).containsExactly("ok", "ok", "ok", "ok");
    }

    @ParameterizedTest
    @EnumSource
    void newFileOfAnotherDayThatBeginsLikeOneThatIsGoneIsRead(FileOrder order) throws Exception {
        file("access-2026-11-28.log", "start\n");
        file("access-2026-11-29.log", "other\n");
        readOn(source(order, "access*"));
        Path old = logs.path().resolve("access-2026-11-28.log");
        Path sameKey = logs.path().resolve("access-2026-11-30.log");
        Files.move(old, sameKey);
        file("access-2026-11-30.log", "a\n");
        readOn(source(order, "access*"));
        Files.delete(sameKey);
        file("access-2026-12-01.log", "start\na\nb\n");
        readOn(source(order, "access*").withOnUnreadable(OnUnreadable.SKIP));

        assertThat(read).containsExactly("start", "other", "start", "a", "start", "a", "b");
    }

    @Test
    void newLogThatBeginsLikeTheRotatedOneIsRead() throws Exception {
        write("start");
        readOn(source(FileOrder.ROTATION));
        logs.rotate(LogDirectory.Way.RENAME);
        write("start");
        write("more");
        readOn(source(FileOrder.ROTATION));

        assertThat(read).isEqualTo(written);
    }

    @Test
    void fileThatSortsBeforeTheOneThatIsReadIsNotForgotten() throws Exception {
        file("m.txt", "m\n");
        readOn(source(FileOrder.NAME, "*"));
        file("a.txt", "a\n");
        readOn(source(FileOrder.NAME, "*"));

        assertThat(read).containsExactly("m", "a");
    }

    @Test
    void filesThatAreRenamedWhileOthersAreReadAreReadOnce() throws Exception {
        write("a");
        logs.rotate(LogDirectory.Way.RENAME);
        write("b");
        TextFileSource source = source(FileOrder.ROTATION).withBatchItems(1);
        Collected<String> collected = new Collected<>();
        try (var partition = source.buildPart("flow.in", source.listParts().get(0), null)) {
            partition.nextBatch(collected);
            logs.rotate(LogDirectory.Way.RENAME);
            write("c");
            collected.drain(partition);
        }

        assertThat(collected.items).containsExactly("a", "b", "c");
    }

    @Test
    void filesThatAreRenamedWhileTheyAreLookedForAreReadOnce() throws Exception {
        write("a");
        readOn(source(FileOrder.ROTATION));
        write("b");
        List<SeenFile> before = List.of(seen(""));
        logs.rotate(LogDirectory.Way.RENAME);
        Files.delete(logs.live());
        List<List<SeenFile>> looks = new ArrayList<>(List.of(before, List.of(seen(".1"))));
        Collected<String> collected = new Collected<>();

        try (var partition =
                FilesInOrder.of(
                        "access.log*",
                        () -> looks.size() > 1 ? looks.remove(0) : looks.get(0),
                        OnUnreadable.FAIL,
                        FilesInOrderTest::lines,
                        position)) {
            collected.drain(partition);
        }
        assertThat(collected.items).containsExactly("b");
    }

    private SeenFile seen(String suffix) throws Exception {
        return SeenFile.of("access.log" + suffix, logs.rotated(suffix), Compression.AUTO);
    }

    private static StatefulSourcePartition<String, FilePosition> lines(
            String name, Path path, @Nullable FilePosition from) throws IOException {
        FileSet files = FileSet.of(List.of(path));
        FilePosition here =
                from == null
                        ? null
                        : new FilePosition(
                                path.toString(),
                                from.offset(),
                                from.line(),
                                from.mark(),
                                from.others());
        return LinePartition.open(
                path.toString(),
                files,
                ReadOptions.DEFAULTS,
                new TextDecoder(ReadOptions.DEFAULTS),
                here);
    }

    @Test
    void olderFilesThatWereRemovedAreForgotten() throws Exception {
        write("a");
        logs.rotate(LogDirectory.Way.RENAME);
        write("b");
        readOn(source(FileOrder.ROTATION));
        Files.delete(logs.rotated(".1"));
        readOn(source(FileOrder.ROTATION));

        assertThat(read).containsExactly("a", "b");
        assertThat(position.others()).hasSize(1);
    }

    @Test
    void fileThatWasReadLastMustBeThereUnlessItMayBeLeftOut() throws Exception {
        write("a");
        readOn(source(FileOrder.ROTATION));
        Files.delete(logs.live());
        file("access.log", "b\n");

        assertThatThrownBy(() -> readOn(source(FileOrder.ROTATION)))
                .hasMessageContaining("'access.log', which was read last, up to byte 2")
                .hasMessageContaining("OnUnreadable.SKIP");
        readOn(source(FileOrder.ROTATION).withOnUnreadable(OnUnreadable.SKIP));
        assertThat(read).containsExactly("a", "b");
    }

    @Test
    void positionCostsAnEntryForEachFileThatIsThere() throws Exception {
        for (int i = 0; i < 100; i++) {
            file("f" + i, i + "\n");
        }
        readOn(source(FileOrder.NAME, "*"));

        assertThat(position.others()).hasSize(100);
        assertThat(read).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void onlyDirectoriesThatAreNotFollowedHaveAnOrder() {
        TextFileSource directory = TextFiles.directory(logs.path(), "*");
        FollowOptions follow = FollowOptions.defaults();

        assertThatThrownBy(() -> TextFiles.lines(logs.live()).withOrder(FileOrder.NAME))
                .hasMessageContaining("directory(path, glob)");
        assertThatThrownBy(() -> directory.withOrder(FileOrder.NAME).withFollow(follow))
                .hasMessageContaining("cannot be followed");
        assertThatThrownBy(() -> directory.withFollow(follow).withOrder(FileOrder.NAME))
                .hasMessageContaining("cannot be followed");
    }

    private TextFileSource source(FileOrder order) {
        return source(order, "access.log*");
    }

    private TextFileSource source(FileOrder order, String glob) {
        return TextFiles.directory(logs.path(), glob).withOrder(order);
    }

    private void write(String line) throws Exception {
        logs.append(line);
        written.add(line);
    }

    private void file(String name, String text) throws Exception {
        Files.writeString(
                logs.path().resolve(name),
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private void readOn(TextFileSource source) throws Exception {
        Collected<String> collected = new Collected<>();
        String part = source.listParts().get(0);
        try (var partition = source.buildPart("flow.in", part, position)) {
            collected.drain(partition);
            position = partition.snapshot();
        }
        read.addAll(collected.items);
    }

    private void run(RecoveryOptions recovery) {
        TestSink<String> sink = new TestSink<>();
        Dataflow flow = Dataflow.named("logs");
        flow.input("lines", source(FileOrder.ROTATION)).output("out", sink);
        Waxwing.run(flow, recovery);
        read.addAll(sink.committed());
    }
}
