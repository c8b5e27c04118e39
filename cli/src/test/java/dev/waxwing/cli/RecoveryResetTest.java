package dev.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.recovery.sqlite.SqliteRecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecoveryResetTest {

    @TempDir Path directory;

    private Path store = Path.of("unset");
    private Path out = Path.of("unset");

    @BeforeEach
    void run() throws IOException {
        store = directory.resolve("store");
        out = directory.resolve("out");
        Files.write(directory.resolve("in"), List.of("a", "b"));
        assertThat(Cli.run(command("run", "-q")).exitCode()).isZero();
    }

    @Test
    void whatItWouldDoIsSaidAndAsked() {
        Cli.Result result = Cli.answering("no\n", command("recovery", "reset"));

        assertThat(result)
                .isEqualTo(
                        new Cli.Result(
                                ExitCodes.FAILED,
                                """
                                To be removed:
                                  step 'counts.counts': the hidden mark of file %s at byte 8; the \
                                file stays, so move it away, or say withOnExisting
                                  recovery store %s, which has come to epoch 1
                                What was delivered stays; what the next run reads again, it \
                                delivers again.
                                Remove it? [y/N] Nothing was removed.
                                """
                                        .formatted(out, store),
                                ""));
        assertThat(store.resolve("recovery.sqlite")).exists();
    }

    @Test
    void nobodyWhoAnswersIsANo() {
        Cli.Result result = Cli.answering("", command("recovery", "reset"));

        assertThat(result.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.out()).endsWith("Remove it? [y/N] \nNothing was removed.\n");
        assertThat(store.resolve("recovery.sqlite")).exists();
    }

    @Test
    void nextRunBeginsAsTheFirst() {
        Cli.Result result = Cli.answering("Yes\n", command("recovery", "reset"));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).endsWith("Remove it? [y/N] Removed.\n");
        assertThat(store).isEmptyDirectory();
        assertThat(Cli.run(command("run", "-q")).exitCode()).isZero();
        assertThat(out).hasContent("a 1\nb 1\na 1\nb 1\n");
    }

    @Test
    void nothingIsAskedOfWhoIsSure() throws Exception {
        Cli.Result result = Cli.run(command("recovery", "reset", "--yes"));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).doesNotContain("?").endsWith("Removed.\n");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactly("in", "out", "store");
        }
    }

    @Test
    void storeThatIsGoneIsNoHindrance() throws Exception {
        for (String file : List.of("recovery.sqlite", "recovery.mark", "lock")) {
            Files.delete(store.resolve(file));
        }

        Cli.Result result = Cli.run(command("recovery", "reset", "-y"));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("step 'counts.counts'")
                .doesNotContain("which has come to");
    }

    @Test
    void directoryWithoutAStoreIsToldBeforeAnythingIsRemoved() {
        Path kept = store;
        store = directory.resolve("stroe");

        Cli.Result result = Cli.answering("n\n", command("recovery", "reset"));

        assertThat(result.out())
                .contains(
                        "There is no recovery store in "
                                + store
                                + ". If the dataflow has one elsewhere, give that directory")
                .endsWith("Remove it? [y/N] Nothing was removed.\n");
        store = kept;
        assertThat(Cli.run(command("run", "-q")).exitCode()).isZero();
    }

    @Test
    void fileInPlaceOfTheDirectoryIsRefused() {
        store = out;

        Cli.Result result = Cli.run(command("recovery", "reset", "-y"));

        assertThat(result.exitCode()).isEqualTo(ExitCodes.STORE_REFUSED);
        assertThat(result.err()).contains("must be a directory, but is a file");
    }

    @Test
    void sinkThatCannotBeResetIsNamedAndTheRestIsRemoved() {
        String[] command = command("recovery", "reset", "-y");
        command[command.length - 3] = Flows.class.getName() + ":stubborn";

        Cli.Result result = Cli.run(command);

        assertThat(result.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.out())
                .startsWith("Cannot be reset:\n  step 'counts.own': its sink, ")
                .contains("have to be removed by hand", "the hidden mark of file " + out)
                .endsWith("Removed.\n");
        assertThat(store).isEmptyDirectory();
    }

    @Test
    void stepThatWasTakenOutIsNamedAndIsNoFailure() throws Exception {
        Path parts = Files.createDirectory(directory.resolve("parts"));
        String[] rolled = command("run", "-q");
        rolled[rolled.length - 3] = Flows.class.getName() + ":rolled";
        rolled[rolled.length - 1] = parts.toString();
        store = directory.resolve("other");
        rolled[rolled.length - 4] = store.toString();
        assertThat(Cli.run(rolled).exitCode()).isZero();

        Cli.Result result = Cli.run(command("recovery", "reset", "-y"));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("Stays:\n  step 'counts.parts', which is not in the dataflow any more");
    }

    @Test
    void nothingToDoIsSaid() {
        Cli.run(command("recovery", "reset", "-y"));

        assertThat(Cli.run(command("recovery", "reset")))
                .isEqualTo(new Cli.Result(ExitCodes.OK, "There is nothing to remove.\n", ""));
    }

    @Test
    void storeThatAnExecutionUsesIsRefused() {
        try (var running = SqliteRecoveryStore.open(store, "counts", StoreOptions.defaults())) {
            Cli.Result result = Cli.run(command("recovery", "reset", "-y"));

            assertThat(result.exitCode()).isEqualTo(ExitCodes.STORE_REFUSED);
            assertThat(result.err()).contains("is in use by");
            assertThat(running.decidedEpoch()).isEqualTo(1);
        }
    }

    @Test
    void directoryMustBeGiven() {
        Cli.Result result = Cli.run("recovery", "reset", Flows.class.getName() + ":flow");

        assertThat(result.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.err()).contains("Missing required option: '--recovery-directory=DIR'");
    }

    private String[] command(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(
                List.of(
                        "-r",
                        store.toString(),
                        Flows.class.getName() + ":counts",
                        directory.resolve("in").toString(),
                        out.toString()));
        return all.toArray(String[]::new);
    }
}
