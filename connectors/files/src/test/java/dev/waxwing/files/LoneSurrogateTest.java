package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.testing.TestSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Half of a surrogate pair, in all sinks of this module. */
@Isolated("exchanges the process's output")
final class LoneSurrogateTest {

    private static final String HALF = "x\uD83D?\uD83D\uDE00\"";
    private static final String REPLACED = "x\uFFFD?\uD83D\uDE00\"";

    @TempDir Path directory;

    private final PrintStream out = System.out;

    @AfterEach
    void restore() {
        System.setOut(out);
    }

    @Test
    void itemsWithHalfAPairAreRefusedInAllSinksAndOthersWritten() throws Exception {
        assertThat(refused(TextFiles.append(file("a.txt")), List.of(HALF, "whole?")))
                .containsExactly("whole?");
        assertThat(
                        refused(
                                CsvFiles.append(file("a.csv"), List.of("k")),
                                List.of(Map.of("k", HALF), Map.of("k", "1"))))
                .containsExactly("k", "1");
        assertThat(refused(JsonFiles.append(file("a.json")), List.of(List.of(HALF), "1")))
                .containsExactly("\"1\"");
    }

    @Test
    void halvesAreReplacedInAllSinksByChoice() throws Exception {
        assertThat(replaced(TextFiles.append(file("a.txt")), HALF)).containsExactly(REPLACED);
        assertThat(replaced(CsvFiles.append(file("a.csv"), List.of("k")), Map.of("k", HALF)))
                .containsExactly("k", "\"x\uFFFD?\uD83D\uDE00\"\"\"");
        assertThat(replaced(JsonFiles.append(file("a.json")), Map.of(HALF, HALF)))
                .containsExactly("{\"x\uFFFD?\uD83D\uDE00\\\"\":\"x\uFFFD?\uD83D\uDE00\\\"\"}");
    }

    @Test
    void textThatLooksLikeAnEscapeStaysAsItIs() throws Exception {
        List<String> item = List.of("\\ud83d", "\\\ud83d\ude00", "\n\u0001");

        assertThat(replaced(JsonFiles.append(file("a.json")), item))
                .containsExactly("[\"\\\\ud83d\",\"\\\\\ud83d\ude00\",\"\\n\\u0001\"]");
    }

    @Test
    void standardOutputIsUtf8AndDoesTheSame() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, false, StandardCharsets.US_ASCII));
        try (var partition = StandardStreams.out().build("flow.out", 0, 1)) {
            assertThatThrownBy(() -> partition.writeBatch(List.of("\u00fc", HALF, "b")))
                    .isInstanceOf(PartialWriteException.class)
                    .hasRootCauseMessage(
                            "a text has half of a surrogate pair at index 1, which is no character;"
                                    + " repair it, or write U+FFFD in place of such halves by"
                                    + " withMalformed(MalformedText.REPLACE)");
        }
        try (var partition =
                StandardStreams.out()
                        .withMalformed(MalformedText.REPLACE)
                        .build("flow.out", 0, 1)) {
            partition.writeBatch(List.of(HALF));
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\u00fc\nb\n" + REPLACED + "\n");
    }

    @Test
    void rollingFilesRefuseOrReplaceThem() throws Exception {
        Files.createDirectory(file("parts"));
        RollingSink<String> sink = TextFiles.rolling(file("parts"));

        assertThatThrownBy(() -> run(sink, "refused"))
                .hasStackTraceContaining("half of a surrogate pair at index 1");
        run(sink.withMalformed(MalformedText.REPLACE), "replaced");
        assertThat(Collected.all(TextFiles.directory(file("parts"), "*.txt")).items)
                .containsExactly(REPLACED);
    }

    private void run(RollingSink<String> sink, String name) {
        Dataflow flow = Dataflow.named(name);
        flow.input("in", TestSource.<String>of(HALF)).output("out", sink);
        Waxwing.run(flow, RecoveryOptions.in(file("store-" + name)));
    }

    private static <X> List<String> refused(AppendSink<X> sink, List<X> items) throws Exception {
        String part = sink.listParts().get(0);
        try (var partition = sink.buildPart("flow.out", part, null)) {
            assertThatThrownBy(() -> partition.writeBatch(items))
                    .isInstanceOfSatisfying(
                            PartialWriteException.class,
                            e -> assertThat(e.failed()).containsExactly(0))
                    .hasStackTraceContaining("half of a surrogate pair at index");
        }
        return Files.readAllLines(Path.of(part));
    }

    private static <X> List<String> replaced(AppendSink<X> sink, X item) throws Exception {
        String part = sink.listParts().get(0);
        AppendSink<X> replacing = sink.withMalformed(MalformedText.REPLACE);
        try (var partition = replacing.buildPart("flow.out", part, null)) {
            partition.writeBatch(List.of(item));
        }
        return Files.readAllLines(Path.of(part));
    }

    private Path file(String name) {
        return directory.resolve(name);
    }
}
