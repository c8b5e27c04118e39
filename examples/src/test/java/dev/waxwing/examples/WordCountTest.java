package dev.waxwing.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WordCountTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void countsAreThoseOfTrSortAndUniq(int workers) throws Exception {
        var texts = SampleTexts.in(directory);
        var counts = directory.resolve("counts");
        var recovery = RecoveryOptions.in(directory.resolve("state"));

        Waxwing.run(
                WordCount.flow(texts, counts),
                EmbeddedOptions.defaults().withWorkers(workers).withRecovery(recovery));

        assertThat(counts(counts)).isEqualTo(ShellWordCount.of(texts)).hasSizeGreaterThan(100);
    }

    @Test
    void secondRunReadsNothingAndLeavesTheCounts() throws Exception {
        var texts = SampleTexts.in(directory).stream().map(Path::toString).toArray(String[]::new);

        var first = printed(texts);
        var second = printed(texts);

        assertThat(first).contains("word-count of 6 files, ").contains("read now  5,5");
        assertThat(second).contains("nothing new");
        assertThat(linesFrom(second, "words")).isEqualTo(linesFrom(first, "words"));
        assertThat(linesFrom(second, "top ten")).isEqualTo(linesFrom(first, "top ten"));
    }

    @Test
    void textWithoutWordsHasNoCounts() throws Exception {
        var text = Files.writeString(directory.resolve("text"), "1, 2, 3\n");

        assertThat(printed(text.toString())).contains("read now  1 lines").contains("words     0,");
    }

    @Test
    void continuedRunCountsWhatIsNew() throws Exception {
        var text = Files.writeString(directory.resolve("text"), "one two\ntwo\n");
        var counts = directory.resolve("counts");
        var flow = WordCount.flow(List.of(text), counts);
        var recovery = RecoveryOptions.in(directory.resolve("state"));

        Waxwing.run(flow, recovery);
        Files.writeString(text, "two three\n", StandardOpenOption.APPEND);
        Waxwing.run(flow, recovery);

        assertThat(counts)
                .content()
                .satisfies(
                        content ->
                                assertThat(content.lines())
                                        .containsExactlyInAnyOrder(
                                                "one\t1", "two\t2", "two\t1", "three\t1"));
    }

    @Test
    void textIsFoundOnThisMachine() throws IOException {
        assertThat(TextRun.in(directory, "word-count").texts())
                .isNotEmpty()
                .allMatch(Files::exists);
    }

    private String printed(String... files) throws IOException, InterruptedException {
        var bytes = new ByteArrayOutputStream();
        var run = TextRun.in(directory, "word-count", files);
        run.execute(
                WordCount.flow(run.texts(), run.counts()), Long::sum, new PrintStream(bytes, true));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String linesFrom(String printed, String label) {
        return printed.lines()
                .filter(line -> line.strip().startsWith(label))
                .collect(Collectors.joining());
    }

    private static Map<String, Long> counts(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.map(line -> line.split("\t"))
                    .collect(Collectors.toMap(line -> line[0], line -> Long.valueOf(line[1])));
        }
    }
}
