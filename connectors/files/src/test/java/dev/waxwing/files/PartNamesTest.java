package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.sink.Sink;
import dev.waxwing.testing.TestSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of files that sinks make. */
final class PartNamesTest {

    @TempDir Path temp;

    private Path directory = Path.of("unset");

    @BeforeEach
    void makeDirectory() throws Exception {
        directory = Files.createDirectory(temp.resolve("parts"));
    }

    @ParameterizedTest
    @ValueSource(ints = {175, 190, 200, 240})
    void namesThatTheFileSystemDoesNotTakeAreRefusedAtTheStart(int length) throws Exception {
        String step = "x".repeat(length);

        assertThatThrownBy(() -> run(step, TextFiles.rolling(directory)))
                .hasMessageContaining("cannot hold the parts of step 'f." + step + "'")
                .hasMessageContaining("shorten the name of the step");
        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "CON", "%41", "\u6ce8\u6587"})
    void namesOfStepsThatAreNoNamesOfFilesAreEncoded(String step) throws Exception {
        run(step, TextFiles.rolling(directory));

        assertThat(Collected.all(TextFiles.directory(directory, "*.txt")).items)
                .containsExactly("1");
    }

    @Test
    void longNamesThatTheFileSystemTakesAreFine() throws Exception {
        run("x".repeat(150), TextFiles.rolling(directory));

        assertThat(Collected.all(TextFiles.directory(directory, "*.txt")).items)
                .containsExactly("1");
    }

    @Test
    void suffixThatNotEveryFileSystemTakesIsRefused() {
        for (String suffix : List.of("/x", "\\x", "\0", "a\nb", ".t:xt", ".\u6587")) {
            assertThatThrownBy(() -> RollingSink.to(directory, suffix, (item, line) -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the suffix of a part's name");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {230, 245, 255})
    void appendedFileWhoseHiddenNamesAreTooLongIsRefusedAtTheStart(int length) throws Exception {
        Path file = directory.resolve("y".repeat(length));

        assertThatThrownBy(() -> run("out", TextFiles.append(file)))
                .hasMessageContaining("can have no hidden file beside it")
                .hasMessageContaining("shorten its name");
        assertThat(names()).isEmpty();
    }

    private void run(String step, Sink<String> sink) {
        Dataflow flow = Dataflow.named("f");
        flow.input("in", TestSource.of("1")).output(step, sink);
        Waxwing.run(flow, RecoveryOptions.in(temp.resolve("store")));
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }
}
