package dev.waxwing.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import java.io.IOException;
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

final class RunningWordCountTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void lastCountOfAWordIsThatOfTrSortAndUniq(int workers) throws Exception {
        var texts = SampleTexts.in(directory);
        var counts = directory.resolve("counts");

        Waxwing.run(
                RunningWordCount.flow(texts, counts),
                EmbeddedOptions.defaults().withWorkers(workers));

        assertThat(lastCounts(counts)).isEqualTo(ShellWordCount.of(texts));
    }

    // region continue
    @Test
    void countsGoOnWhenTheFileHasGrown() throws IOException {
        var text = Files.writeString(directory.resolve("text"), "one two\ntwo\n");
        var counts = directory.resolve("counts");
        var flow = RunningWordCount.flow(List.of(text), counts);
        var recovery = RecoveryOptions.in(directory.resolve("state"));

        Waxwing.run(flow, recovery);
        Files.writeString(text, "two three\n", StandardOpenOption.APPEND);
        Waxwing.run(flow, recovery);

        assertThat(counts).hasContent("one\t1\ntwo\t1\ntwo\t2\ntwo\t3\nthree\t1");
    }

    // endregion

    private static Map<String, Long> lastCounts(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.map(line -> line.split("\t"))
                    .collect(
                            Collectors.toMap(
                                    line -> line[0],
                                    line -> Long.valueOf(line[1]),
                                    (before, now) -> now));
        }
    }
}
