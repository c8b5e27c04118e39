package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Reset;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting over when files were removed, or the store was. */
final class ResetFilesTest {

    @TempDir private Path directory;

    private Path parts = Path.of("unset");
    private Path file = Path.of("unset");

    @BeforeEach
    void makeDirectories() throws IOException {
        parts = Files.createDirectory(directory.resolve("parts"));
        file = directory.resolve("out.txt");
    }

    @Test
    void storeIsDeletedAndPartsAreKept() throws Exception {
        run(rolling());
        Waxwing.reset(rolling(), directory.resolve("elsewhere"));

        assertThat(names(parts)).hasSize(1).first().asString().startsWith("flow.out-writer-00-");
        Waxwing.reset(rolling(), store());
        run(rolling());
        assertThat(names(parts)).hasSize(4);
    }

    @Test
    void partsThatAreStagedOrOpenAreRemoved() throws Exception {
        run(rolling());
        String by = ".1-0badcafe.";
        Files.writeString(parts.resolve(".flow.out-writer-00" + by + "1.waxwing-open"), "a");
        Files.writeString(
                parts.resolve(
                        ".flow.out-writer-00-0badcafe-000000000001-0001.txt"
                                + by.substring(0, by.length() - 1)
                                + ".waxwing-staged"),
                "a");
        Files.writeString(parts.resolve(".flow.other-writer-00.waxwing-owner"), "not ours");

        Waxwing.reset(rolling(), store());

        assertThat(names(parts))
                .hasSize(2)
                .contains(".flow.other-writer-00.waxwing-owner")
                .filteredOn(name -> !name.startsWith("."))
                .hasSize(1);
    }

    @Test
    void appendedFileStaysAndWhatIsNotDecidedIsCutOff() throws Exception {
        run(appending());
        Files.writeString(file, "half a li", StandardOpenOption.APPEND);

        try (Reset reset = Reset.of(appending().plan(), store())) {
            assertThat(reset.removes())
                    .first()
                    .asString()
                    .contains("the hidden mark of file " + file + " at byte 2")
                    .contains("what was written behind it and is not decided")
                    .contains("the file stays");
            reset.run();
        }

        assertThat(file).hasContent("a\n");
        assertThat(names(directory)).containsExactly("out.txt", "parts", "store");
    }

    @Test
    void fileThatWasChangedIsLeftAsItIs() throws Exception {
        run(appending());
        Files.writeString(file, "something else\n");

        Waxwing.reset(appending(), store());

        assertThat(file).hasContent("something else\n");
    }

    @Test
    void fileIsRemovedAndTheStoreIsKept() throws Exception {
        run(appending());
        Files.delete(file);
        assertThatThrownBy(() -> run(appending()))
                .hasMessageContaining("is missing")
                .hasMessageContaining("'waxwing recovery reset'");

        Waxwing.reset(appending(), store());

        run(appending());
        assertThat(file).hasContent("a\n");
    }

    @Test
    void directoryThatIsGoneIsToldAndTheRestIsReset() throws Exception {
        run(rolling());
        for (String name : names(parts)) {
            Files.delete(parts.resolve(name));
        }
        Files.delete(parts);

        try (Reset reset = Reset.of(rolling().plan(), store())) {
            assertThat(reset.unable())
                    .first()
                    .asString()
                    .contains("step 'flow.out': its partitions cannot be listed")
                    .contains("does not exist; make it before the start");
            reset.run();
        }

        Files.createDirectory(parts);
        run(rolling());
        assertThat(names(parts)).filteredOn(name -> !name.startsWith(".")).hasSize(1);
    }

    private Dataflow rolling() {
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.<String>of("a")).output("out", TextFiles.rolling(parts));
        return flow;
    }

    private Dataflow appending() {
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.<String>of("a")).output("out", TextFiles.append(file));
        return flow;
    }

    private void run(Dataflow flow) throws InterruptedException {
        Waxwing.run(flow, EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(store())));
    }

    private Path store() {
        return directory.resolve("store");
    }

    private static List<String> names(Path in) throws IOException {
        try (Stream<Path> all = Files.list(in)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
