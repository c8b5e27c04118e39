package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start that is refused leaves of files that are written: nothing. */
final class RefusedStartFilesTest {

    @TempDir private Path directory;

    private final TestSource<String> source =
            TestSource.ofElements(
                    List.of("a", TestItems.endOfInput(), "b", TestItems.endOfInput(), "c"));

    private Path parts = Path.of("unset");
    private Path file = Path.of("unset");

    @BeforeEach
    void makeDirectories() throws IOException {
        parts = Files.createDirectory(directory.resolve("parts"));
        file = directory.resolve("out.txt");
    }

    @Test
    void fileThatIsNotEmptyIsFoundBeforeAnythingIsClaimed() throws Exception {
        Files.writeString(file, "mine\n");

        assertThatThrownBy(() -> run("store", source))
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("exists and has 5 bytes");

        assertThat(names(directory)).containsExactly("out.txt", "parts");
        assertThat(names(parts)).isEmpty();
    }

    @Test
    void fileThatWasShortenedIsFoundBeforeAnythingIsClaimed() throws Exception {
        run("store", source);
        List<String> before = contents();
        Files.writeString(file, "");

        assertThatThrownBy(() -> run("store", source)).hasMessageContaining("has 0 bytes");

        Files.writeString(file, "a\n");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void fileThatIsMissingIsFoundBeforeAnythingIsClaimed() throws Exception {
        run("store", source);
        List<String> before = contents();
        Files.delete(file);

        assertThatThrownBy(() -> run("store", source))
                .hasMessageContaining("is missing")
                .hasMessageContaining("waxwing recovery reset");

        assertThat(names(parts)).isEqualTo(before.stream().map(this::name).toList());
    }

    @Test
    void sourceThatCannotBeOpenedLeavesNoHiddenFile() throws Exception {
        assertThatThrownBy(() -> run("store", new Unopened(source)))
                .hasMessageContaining("no such file");

        assertThat(names(directory)).containsExactly("parts");
        assertThat(names(parts)).isEmpty();
    }

    @Test
    void sourceThatCannotBeOpenedLeavesFilesToTheExecutionBefore() throws Exception {
        run("store", source);
        String owner = Files.readString(owner());
        String mark = Files.readString(mark());

        assertThatThrownBy(() -> run("store", new Unopened(source)))
                .hasMessageContaining("no such file");

        assertThat(owner()).hasContent(owner.replace("epoch=0", "epoch=1"));
        assertThat(mark()).hasContent(mark);
        assertThat(names(parts)).hasSize(2);
    }

    @Test
    void storeGoesOnWhenAStartFromItsCopyWasRefused() throws Exception {
        run("store", source);
        copyOfTheStore();

        assertThatThrownBy(() -> run("copy", new Unopened(source)))
                .hasMessageContaining("no such file");

        run("store", source);
        assertThat(file).hasContent("a\nb\n");
    }

    @Test
    void readersAreToldWhatIsDecidedThoughTheStartWasRefused() throws Exception {
        run("store", source);
        Files.writeString(mark(), Files.readString(mark()).replaceFirst("bytes 2", "bytes 0"));

        assertThatThrownBy(() -> run("store", new Unopened(source)))
                .hasMessageContaining("no such file");

        assertThat(DecidedBytes.of(file)).hasValue(2);
    }

    private void run(String store, FixedPartitionedSource<String, Integer> from)
            throws InterruptedException {
        var flow = Dataflow.named("flow");
        var lines = flow.input("in", from);
        lines.output("parts", TextFiles.rolling(parts));
        lines.output("out", TextFiles.append(file));
        Waxwing.run(
                flow,
                EmbeddedOptions.defaults()
                        .withRecovery(RecoveryOptions.in(directory.resolve(store))));
    }

    private Path owner() {
        return parts.resolve(".flow.parts-writer-00.waxwing-owner");
    }

    private Path mark() {
        return directory.resolve(".out.txt.waxwing-decided");
    }

    private List<String> names(Path in) throws IOException {
        try (Stream<Path> all = Files.list(in)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    /** The files of the directory of parts, with what is in them. */
    private List<String> contents() throws IOException {
        List<String> contents = new ArrayList<>();
        for (String each : names(parts)) {
            contents.add(each + ": " + Files.readString(parts.resolve(each)));
        }
        return contents;
    }

    private String name(String content) {
        return content.substring(0, content.indexOf(": "));
    }

    private void copyOfTheStore() throws IOException {
        Path from = directory.resolve("store");
        Path to = Files.createDirectory(directory.resolve("copy"));
        for (String each : names(from)) {
            if (!each.equals("lock") && Files.isRegularFile(from.resolve(each))) {
                Files.copy(from.resolve(each), to.resolve(each));
            }
        }
    }

    /** The same partitions, none of which can be opened. */
    private record Unopened(TestSource<String> source)
            implements FixedPartitionedSource<String, Integer> {

        @Override
        public List<String> listParts() {
            return source.listParts();
        }

        @Override
        public StatefulSourcePartition<String, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) throws IOException {
            throw new IOException("no such file");
        }
    }
}
