package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.run.FileAccess;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.sink.TwoPhasePartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read what sinks keep beside their output, and that no link leads elsewhere. */
final class HiddenAccessTest {

    private static final UUID STORE = UUID.fromString("1f0c9a2e-0000-0000-0000-000000000001");
    private static final String OWNER = "rw-------";

    @TempDir private Path temporary;

    private Path directory = Path.of("unset");
    private String usual = "unset";
    private long generation = 1;

    @BeforeEach
    void makeDirectory() throws IOException {
        usual = of(Files.createFile(temporary.resolve("sample")));
        directory = Files.createDirectory(temporary.resolve("out"));
    }

    @Test
    void outputIsAsTheUmaskSaysAndWhatIsBesideItForItsOwnerAlone() throws Exception {
        append(TextFiles.append(directory.resolve("out.txt")), null);

        assertThat(permissions())
                .containsExactly(
                        Map.entry(".out.txt.waxwing-decided", OWNER), Map.entry("out.txt", usual));
    }

    @Test
    void readersOfOtherUsersAreLetInByChoice() throws Exception {
        append(TextFiles.append(directory.resolve("out.txt")).withAccess(FileAccess.UMASK), null);

        assertThat(permissions())
                .containsExactly(
                        Map.entry(".out.txt.waxwing-decided", usual), Map.entry("out.txt", usual));
    }

    @Test
    void partIsForItsOwnerAloneUntilItCanBeSeen() throws Exception {
        try (var writer = rolling(RollOptions.defaults())) {
            writer.writeBatch(List.of("a"));
            assertThat(kinds()).isEqualTo(Map.of("open", OWNER, "owner", OWNER));

            List<StagedPart> staged = writer.prepare(1);
            assertThat(kinds()).isEqualTo(Map.of("staged", OWNER, "owner", OWNER));

            writer.commit(staged.get(0));
            assertThat(kinds()).isEqualTo(Map.of("txt", usual, "owner", OWNER, "progress", OWNER));
        }
    }

    @Test
    void partsAreAsTheUmaskSaysFromTheBeginningByChoice() throws Exception {
        try (var writer = rolling(RollOptions.defaults().withAccess(FileAccess.UMASK))) {
            writer.writeBatch(List.of("a"));
            List<StagedPart> staged = writer.prepare(1);
            assertThat(kinds()).isEqualTo(Map.of("staged", usual, "owner", usual));

            writer.commit(staged.get(0));
            assertThat(kinds()).isEqualTo(Map.of("txt", usual, "owner", usual, "progress", usual));
        }
    }

    @Test
    void partThatAnEarlierExecutionHasStagedIsOpenedUpToo() throws Exception {
        List<StagedPart> staged;
        try (var writer = rolling(RollOptions.defaults())) {
            writer.writeBatch(List.of("a"));
            staged = writer.prepare(1);
        }
        try (var writer = rolling(RollOptions.defaults())) {
            writer.commit(staged.get(0));
        }

        assertThat(kinds()).containsEntry("txt", usual);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void linkInPlaceOfTheDecidedMarkIsNotFollowed(boolean leadsToAFile) throws Exception {
        Path victim = temporary.resolve("victim");
        if (leadsToAFile) {
            Files.writeString(victim, "mine");
        }
        Path file = directory.resolve("out.txt");
        Path mark = directory.resolve(".out.txt.waxwing-decided");
        Files.createSymbolicLink(mark, victim);

        assertThatThrownBy(() -> append(TextFiles.append(file), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(mark + ": must be a regular file")
                .hasMessageContaining("is a symbolic link, which is not followed");
        assertThatThrownBy(() -> DecidedBytes.of(file)).hasMessageContaining("not followed");
        expectUntouched(victim, leadsToAFile);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void linkInPlaceOfTheOwnersFileIsNotFollowed(boolean leadsToAFile) throws Exception {
        Path victim = temporary.resolve("victim");
        if (leadsToAFile) {
            Files.writeString(victim, "mine");
        }
        Files.createSymbolicLink(directory.resolve(".flow.out-writer-00.waxwing-owner"), victim);

        assertThatThrownBy(() -> rolling(RollOptions.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a symbolic link, which is not followed");
        expectUntouched(victim, leadsToAFile);
    }

    @ParameterizedTest
    @ValueSource(strings = {".out.txt.waxwing-decided", ".out.txt.waxwing-copying"})
    @Timeout(60)
    void pipeInPlaceOfAHiddenFileIsRefusedAndNotWaitedFor(String name) throws Exception {
        Path file = directory.resolve("out.txt");
        AppendPosition decided = append(TextFiles.append(file), new TestFence(STORE, 1, 0), null);
        Files.deleteIfExists(directory.resolve(name));
        makePipe(directory.resolve(name));

        assertThatThrownBy(
                        () -> append(TextFiles.append(file), new TestFence(STORE, 2, 1), decided))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must be a regular file, but is none, and is not opened");
    }

    @Test
    @Timeout(60)
    void pipeInPlaceOfTheOwnersFileIsRefusedAndNotWaitedFor() throws Exception {
        makePipe(directory.resolve(".flow.out-writer-00.waxwing-owner"));

        assertThatThrownBy(() -> rolling(RollOptions.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must be a regular file, but is none, and is not opened");
    }

    private static void makePipe(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    }

    @Test
    void linkInPlaceOfTheLockOfATakeOverIsNotFollowed() throws Exception {
        Path victim = Files.writeString(temporary.resolve("victim"), "mine");
        Path file = directory.resolve("out.txt");
        TestFence older = new TestFence(STORE, 1, 0);
        AppendPosition decided = append(TextFiles.append(file), older, null);
        Files.createSymbolicLink(directory.resolve(".out.txt.waxwing-copying"), victim);

        assertThatThrownBy(
                        () -> append(TextFiles.append(file), new TestFence(STORE, 2, 1), decided))
                .isInstanceOf(IOException.class);
        assertThat(victim).hasContent("mine");
    }

    @Test
    void copyOfATakeOverKeepsThePermissionsOfTheOutput() throws Exception {
        Path file = directory.resolve("out.txt");
        AppendPosition decided = append(TextFiles.append(file), new TestFence(STORE, 1, 0), null);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        append(TextFiles.append(file), new TestFence(STORE, 2, 1), decided);

        assertThat(of(file)).isEqualTo("rw-r-----");
        assertThat(permissions()).containsEntry(".out.txt.waxwing-copying", OWNER);
    }

    @Test
    void linkInPlaceOfAStagedPartIsNotShown() throws Exception {
        try (var writer = rolling(RollOptions.defaults())) {
            writer.writeBatch(List.of("a"));
            StagedPart staged = writer.prepare(1).get(0);
            Path hidden = directory.resolve(staged.stagedAs());
            Path victim = Files.move(hidden, temporary.resolve("victim"));
            Files.createSymbolicLink(hidden, victim);

            assertThat(writer.commit(staged).toString()).contains("is no regular file");
            assertThat(of(victim)).isEqualTo(OWNER);
        }
    }

    private static void expectUntouched(Path victim, boolean isThere) {
        if (isThere) {
            assertThat(victim).hasContent("mine");
        } else {
            assertThat(victim).doesNotExist();
        }
    }

    private static AppendPosition append(AppendSink<String> sink, @Nullable AppendPosition resume)
            throws Exception {
        return append(sink, TestFence.of(STORE), resume);
    }

    private static AppendPosition append(
            AppendSink<String> sink, TestFence store, @Nullable AppendPosition resume)
            throws Exception {
        String part = sink.listParts().get(0);
        try (StatefulSinkPartition<String, AppendPosition> open =
                sink.buildPart("flow.out", part, resume, store)) {
            open.writeBatch(List.of("a"));
            open.force();
            open.onDecided(open.snapshot());
            return open.snapshot();
        }
    }

    private TwoPhasePartition<String, StagedPart> rolling(RollOptions options) throws Exception {
        TwoPhasePartition<String, StagedPart> partition =
                TextFiles.rolling(directory)
                        .withOptions(options)
                        .buildPart("flow.out", "writer-00");
        partition.claim(
                new Owner(
                        STORE,
                        generation++,
                        UUID.randomUUID(),
                        found -> true,
                        false,
                        "flow",
                        "flow.out",
                        "writer-00"));
        return partition;
    }

    private Map<String, String> permissions() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path each : all.toList()) {
                found.put(each.getFileName().toString(), of(each));
            }
        }
        return found;
    }

    /* By what names end with. */
    private Map<String, String> kinds() throws IOException {
        return permissions().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                each -> each.getKey().replaceAll(".*(\\.waxwing-|\\.)", ""),
                                Map.Entry::getValue));
    }

    private static String of(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
