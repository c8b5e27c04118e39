package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.source.FixedPartitionedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are truncated, or truncated and written anew, while they are read. */
final class ChangedFileTest {

    private static final int LINES = 50_000;

    @TempDir Path directory;

    @Test
    void fileThatIsCutOrWrittenAnewWhileItIsReadIsNoticedWhateverIsInIt() throws Exception {
        Path file = directory.resolve("in");
        Map<String, FixedPartitionedSource<?, ?>> sources =
                Map.of(
                        "text", TextFiles.lines(file),
                        "csv", CsvFiles.rows(file).withHeader("a"),
                        "json", JsonFiles.lines(file));

        for (var source : sources.entrySet()) {
            for (String now : new String[] {"", lines(0, 10), lines(1, 2 * LINES)}) {
                Files.writeString(file, lines(0, LINES));
                assertThatThrownBy(() -> changeWhileReading(source.getValue(), file, now))
                        .as("%s, %s characters", source.getKey(), now.length())
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("truncated ");
            }
        }
    }

    @Test
    void fileThatGrowsWhileItIsReadIsReadOn() throws Exception {
        Path file = directory.resolve("in");
        Files.writeString(file, lines(0, LINES));

        assertThat(changeWhileReading(TextFiles.lines(file), file, lines(0, 2 * LINES)))
                .isEqualTo(2 * LINES);
    }

    private static <T, S> int changeWhileReading(
            FixedPartitionedSource<T, S> source, Path file, String now) throws Exception {
        Collected<T> collected = new Collected<>();
        try (var partition = source.buildPart("flow.in", file.toString(), null)) {
            partition.nextBatch(collected);
            Files.writeString(file, now);
            collected.drain(partition);
        }
        return collected.items.size();
    }

    private static String lines(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> String.valueOf(1_000_000 + i))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
