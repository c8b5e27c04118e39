package dev.waxwing.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only that everything runs, and that all ways of a load give the same; never how fast. */
final class FlowBenchmarksTest {

    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @TempDir Path directory;

    @Test
    void everyLoadRunsEveryWay() throws Exception {
        Path file = directory.resolve("results.md");

        List<String> lines =
                new FlowBenchmarks(Settings.parse("quick", "--write", file.toString()), NOWHERE)
                        .run();

        assertThat(lines)
                .anyMatch(line -> line.startsWith("| W1"))
                .anyMatch(line -> line.startsWith("| W2"))
                .anyMatch(line -> line.startsWith("| W3 tumbling"))
                .anyMatch(line -> line.startsWith("| W3 keys"))
                .anyMatch(line -> line.startsWith("| W5"))
                .anyMatch(line -> line.startsWith("| with recovery"))
                .anyMatch(line -> line.startsWith("| rolling"))
                .anyMatch(line -> line.startsWith("| W9 2000 rows into PostgreSQL"))
                .anyMatch(line -> line.startsWith("| W9 HTTP, 2000 items"))
                .anyMatch(line -> line.startsWith("| lines in files, exactly once by position"))
                .anyMatch(line -> line.startsWith("| rows in PostgreSQL, exactly once"))
                .anyMatch(line -> line.startsWith("| posts over HTTP, idempotent"));
        assertThat(Files.readString(file)).contains(lines);
    }

    @Test
    void onlyTheWantedLoadsRun() throws Exception {
        List<String> lines =
                new FlowBenchmarks(Settings.parse("quick", "--only", "W2"), NOWHERE).run();

        assertThat(lines).anyMatch(line -> line.startsWith("| W2"));
        assertThat(lines).noneMatch(line -> line.startsWith("| W1"));
    }

    @Test
    void unknownOptionIsRefused() {
        assertThatThrownBy(() -> Settings.parse("quick", "--fast", "yes"))
                .hasMessageContaining("--fast");
    }
}
