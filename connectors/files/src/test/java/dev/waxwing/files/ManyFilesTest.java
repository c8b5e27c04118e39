package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.testing.TestSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories of very many files. */
final class ManyFilesTest {

    private static final int FILES = 10_000;

    @TempDir Path temp;

    @Test
    void tenThousandFilesAreReadOnceOverTwoExecutions() throws Exception {
        Path directory = write(FILES, 1);
        RecoveryOptions recovery = RecoveryOptions.in(temp.resolve("store"));

        List<String> first = run(directory, recovery);
        Files.writeString(directory.resolve("g.log"), "new\n");
        List<String> second = run(directory, recovery);

        assertThat(first).hasSize(FILES).doesNotHaveDuplicates();
        assertThat(second).containsExactly("new");
    }

    @Test
    void filesAreOpenOnlyWhileTheyAreRead() throws Exception {
        int files = 3 * OpenLimit.FILES_MAX;
        TextFileSource source = TextFiles.directory(write(files, 3), "*.log").withBatchItems(1);
        List<StatefulSourcePartition<String, FilePosition>> parts = new ArrayList<>();
        for (String part : source.listParts()) {
            parts.add(source.buildPart("flow.in", part, null));
        }
        Collected<String> collected = new Collected<>();
        assertThat(openIn(temp)).isZero();

        while (!parts.isEmpty()) {
            List<StatefulSourcePartition<String, FilePosition>> open = new ArrayList<>();
            for (var part : parts) {
                if (part.nextBatch(collected) == SourceStatus.OPEN) {
                    open.add(part);
                }
            }
            assertThat(openIn(temp)).isLessThanOrEqualTo(OpenLimit.FILES_MAX);
            parts = open;
        }

        assertThat(openIn(temp)).isZero();
        assertThat(collected.items).hasSize(3 * files).doesNotHaveDuplicates();
    }

    @Test
    void turnOfAFileThatIsClosedEarlyIsGivenBack() throws Exception {
        int files = OpenLimit.FILES_MAX + 1;
        TextFileSource source = TextFiles.directory(write(files, 3), "*.log").withBatchItems(1);
        Collected<String> collected = new Collected<>();

        for (String part : source.listParts()) {
            try (var partition = source.buildPart("flow.in", part, null)) {
                partition.nextBatch(collected);
            }
        }
        assertThat(collected.items).hasSize(files);
    }

    @Test
    void fileThatWaitsForItsTurnIsNotSilent() throws Exception {
        TextFileSource source =
                TextFiles.directory(write(OpenLimit.FILES_MAX + 1, 1), "*.log").withBatchItems(1);
        List<StatefulSourcePartition<String, FilePosition>> parts = new ArrayList<>();
        for (String part : source.listParts()) {
            parts.add(source.buildPart("flow.in", part, null));
        }
        Collected<String> collected = new Collected<>();
        for (var part : parts) {
            part.nextBatch(collected);
        }

        assertThat(parts.stream().filter(StatefulSourcePartition::isWaiting))
                .containsExactly(parts.get(OpenLimit.FILES_MAX));
        parts.get(0).close();
        parts.get(OpenLimit.FILES_MAX).nextBatch(collected);
        assertThat(parts).noneMatch(StatefulSourcePartition::isWaiting);
        for (var part : parts.subList(1, parts.size())) {
            part.close();
        }
    }

    private static List<String> run(Path directory, RecoveryOptions recovery) {
        TestSink<String> sink = new TestSink<>();
        Dataflow flow = Dataflow.named("many");
        flow.input("lines", TextFiles.directory(directory, "*.log")).output("out", sink);
        Waxwing.run(flow, EmbeddedOptions.defaults().withWorkers(2).withRecovery(recovery));
        return sink.committed();
    }

    private Path write(int files, int lines) throws IOException {
        Path directory = Files.createDirectory(temp.resolve("many"));
        for (int i = 0; i < files; i++) {
            int file = i;
            Files.write(
                    directory.resolve(String.format(Locale.ROOT, "f%06d.log", i)),
                    IntStream.range(0, lines).mapToObj(line -> file + " " + line).toList());
        }
        return directory;
    }

    private static long openIn(Path directory) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(each -> leadsInto(each, directory)).count();
        }
    }

    private static boolean leadsInto(Path link, Path directory) {
        try {
            return Files.readSymbolicLink(link).startsWith(directory);
        } catch (java.nio.file.NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
