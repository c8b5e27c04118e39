package dev.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.recovery.sqlite.SqliteRecoveryStore;
import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.StoreReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunCommandTest {

    private static final String FLOWS = Flows.class.getName();

    @TempDir Path directory;
    private String in = "";
    private String out = "";
    private String store = "";

    @BeforeEach
    void writeInput() throws Exception {
        in = Files.write(directory.resolve("in"), List.of("a", "b", "a", "c", "a")).toString();
        out = directory.resolve("out").toString();
        store = directory.resolve("store").toString();
    }

    @Test
    void x01_summaryAfterTheEndOfInput() throws Exception {
        Cli.Result result = Cli.run("run", FLOWS + ":copy", in, out);

        assertThat(result.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .matches(
                        "waxwing: dataflow 'copy' completed after \\d+\\.\\d s: 5 items in,"
                                + " 5 items out, decided up to epoch 1\n");
        assertThat(Files.readAllLines(Path.of(out))).containsExactly("a", "b", "a", "c", "a");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void x02_outputIsTheSameWithAnyNumberOfWorkers(int workers) throws Exception {
        Cli.run("run", "-w", "" + workers, FLOWS + ":counts", in, out);

        assertThat(Files.readAllLines(Path.of(out)))
                .containsExactlyInAnyOrder("a 1", "b 1", "a 2", "c 1", "a 3");
    }

    @Test
    void runnerThatIsNotThereIsNamed() {
        Cli.Result result = Cli.run("run", "--runner", "flink", FLOWS + ":copy", in, out);

        assertThat(result.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.err())
                .startsWith("waxwing: there is no runner 'flink' on the class path")
                .contains("there are: embedded");
        assertThat(Path.of(out)).doesNotExist();
    }

    @Test
    void quietRunSaysNothing() {
        assertThat(Cli.run("run", "--quiet", FLOWS + ":copy", in, out))
                .isEqualTo(new Cli.Result(ExitCodes.OK, "", ""));
    }

    @Test
    void x04_variablesStandInForOptions() {
        Map<String, String> variables =
                Map.of(
                        "WAXWING_WORKERS", "3",
                        "WAXWING_RECOVERY_DIRECTORY", store,
                        "WAXWING_EPOCH_INTERVAL", "0",
                        "WAXWING_RETENTION", "1d",
                        "WAXWING_RESTARTS", "2",
                        "WAXWING_STOP_TIMEOUT", "5s",
                        "WAXWING_QUIET", "true");

        Cli.Result result = Cli.run(variables, "run", FLOWS + ":counts", in, out);

        assertThat(result).isEqualTo(new Cli.Result(ExitCodes.OK, "", ""));
        assertThat(epochs()).hasSizeGreaterThan(2).allMatch(epoch -> epoch.workers() == 3);
    }

    @Test
    void x04_optionWinsOverItsVariable() {
        Map<String, String> variables = Map.of("WAXWING_WORKERS", "3");

        Cli.run(variables, "run", "-w", "2", "-r", store, FLOWS + ":copy", in, out);

        assertThat(epochs()).allMatch(epoch -> epoch.workers() == 2);
    }

    @Test
    void x04_wrongVariableIsNamed() {
        Cli.Result result = Cli.run(Map.of("WAXWING_WORKERS", "many"), "run", FLOWS);

        assertThat(result.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.err())
                .startsWith(
                        "waxwing: Invalid value for option '--workers': 'many' is not an int (from"
                                + " the environment variable WAXWING_WORKERS)\n");
    }

    @Test
    void x04_wrongOptionDoesNotBlameAVariable() {
        Cli.Result result = Cli.run(Map.of("WAXWING_WORKERS", "3"), "run", "-w", "x", FLOWS);

        assertThat(result.err()).contains("'x' is not an int\n");
    }

    @Test
    void x07_recoveryNeedsNoOtherOption() {
        Cli.Result result = Cli.run("run", "-r", store, FLOWS + ":copy", in, out);

        assertThat(result.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(epochs()).hasSize(1);
    }

    @Test
    void stateThatNoStepTakesIsGivenUpByName() {
        Cli.run("run", "-r", store, FLOWS + ":counts", in, out);

        Cli.Result refused = Cli.run("run", "-r", store, FLOWS + ":tallies", in, out);
        assertThat(refused.exitCode()).isEqualTo(ExitCodes.STORE_REFUSED);
        assertThat(refused.err())
                .contains(
                        "state 'state' of step 'counts.count', which no step of the dataflow takes")
                .contains("--drop-state \"counts.count\"");

        String[] dropping = {
            "run", "-r", store, "--drop-state", "counts.count", FLOWS + ":tallies", in, out
        };
        assertThat(Cli.run(dropping).exitCode()).isEqualTo(ExitCodes.OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--epoch-interval=1s",
                "--retention=0",
                "--replay-from=3",
                "--allow-changed-partitions",
                "--adopt",
                "--drop-state=flow.sum",
                "--take-over"
            })
    void x07_optionOfRecoveryWithoutRecovery(String option) {
        Cli.Result result = Cli.run("run", option, FLOWS);

        assertThat(result.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.err())
                .isEqualTo(
                        "waxwing: "
                                + option.replaceAll("=.*", "")
                                + " has no meaning without recovery; give a directory with"
                                + " --recovery-directory, or leave it out\n");
    }

    @Test
    void x08_retentionIsADuration() {
        assertThat(Cli.run("run", "-r", store, "-b", "0", FLOWS + ":copy", in, out).exitCode())
                .isZero();
        assertThat(Cli.run("run", "-r", store, "-b", "60", FLOWS).err())
                .startsWith(
                        "waxwing: Invalid value for option '--retention': '60' is no duration;"
                                + " write a number and a unit, like 50ms, 1s, 5m, 2h, 7d, or 0\n");
    }

    @Test
    void workersOutOfRange() {
        assertThat(Cli.run("run", "-w", "0", FLOWS))
                .isEqualTo(
                        new Cli.Result(
                                ExitCodes.USAGE,
                                "",
                                "waxwing: workers must be 1 to 1024, but was 0; use one for each"
                                        + " core that the dataflow may fill\n"));
    }

    @Test
    void restartsOutOfRange() {
        assertThat(Cli.run("run", "--restarts=-1", FLOWS))
                .isEqualTo(
                        new Cli.Result(
                                ExitCodes.USAGE,
                                "",
                                "waxwing: restartsMax must be 0 or more, but was -1\n"));
    }

    @Test
    void unknownOptionSuggestsAKnownOne() {
        Cli.Result result = Cli.run("run", "--worker", "2", FLOWS);

        assertThat(result.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.err()).contains("Unknown option: '--worker'", "--workers");
    }

    @Test
    void secondRunGoesOnWhereTheFirstEnded() throws Exception {
        Cli.run("run", "-r", store, FLOWS + ":counts", in, out);
        Files.writeString(Path.of(in), "a\nb\na\nc\na\na\n");

        Cli.Result result = Cli.run("run", "-r", store, FLOWS + ":counts", in, out);

        assertThat(result.err()).contains("1 items in, 1 items out");
        assertThat(Files.readAllLines(Path.of(out))).hasSize(6).endsWith("a 4");
    }

    @Test
    void replayGivesSinksAgainWhatCameAfterAnEpoch() throws Exception {
        Cli.run("run", "-r", store, "-s", "0", "-b", "1d", FLOWS + ":counts", in, out);
        long third = epochs().get(2).epoch();

        Cli.Result result =
                Cli.run(
                        "run",
                        "-r",
                        store,
                        "-b",
                        "1d",
                        "--replay-from",
                        "" + third,
                        FLOWS + ":counts",
                        in,
                        out);

        assertThat(result.err()).contains("2 items in, 2 items out");
        assertThat(Files.readAllLines(Path.of(out)))
                .containsExactly("a 1", "b 1", "a 2", "c 1", "a 3");
    }

    @Test
    void x11_failureNamesStepAndCause() throws Exception {
        Files.write(Path.of(in), List.of("good", "bad"));

        Cli.Result result = Cli.run("run", FLOWS + ":failing", in, out);

        assertThat(result)
                .isEqualTo(
                        new Cli.Result(
                                ExitCodes.FAILED,
                                "",
                                "waxwing: step 'failing.check': the function threw"
                                        + " java.lang.IllegalArgumentException: boom for item"
                                        + " bad\n"));
    }

    @Test
    void fileOfARunThatFailedInItsFirstEpochIsWrittenAgain() throws Exception {
        Files.write(Path.of(in), List.of("good", "bad"));
        Cli.run("run", "-r", store, FLOWS + ":failing", in, out);
        Files.write(Path.of(in), List.of("good", "fine"));

        Cli.Result result = Cli.run("run", "-r", store, FLOWS + ":failing", in, out);

        assertThat(result.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(Files.readAllLines(Path.of(out))).containsExactly("good", "fine");
    }

    @Test
    void x11_stackTraceOfAFailureHasTheCause() throws Exception {
        Files.write(Path.of(in), List.of("bad"));

        Cli.Result result = Cli.run("run", "--stack-traces", FLOWS + ":failing", in, out);

        assertThat(result.err()).contains("Caused by: java.lang.IllegalArgumentException: boom");
    }

    @Test
    void changedPartitionsAreRefusedUntilTheyAreAllowed() throws Exception {
        String other = Files.write(directory.resolve("other"), List.of("x")).toString();
        Cli.run("run", "-r", store, FLOWS + ":copy", in, out);

        Cli.Result refused = Cli.run("run", "-r", store, FLOWS + ":copy", other, out);
        Cli.Result allowed =
                Cli.run(
                        "run",
                        "-r",
                        store,
                        "--allow-changed-partitions",
                        FLOWS + ":copy",
                        other,
                        out);

        assertThat(refused.exitCode()).isEqualTo(ExitCodes.STORE_REFUSED);
        assertThat(refused.err()).contains("'" + in + "'", "--allow-changed-partitions");
        assertThat(allowed.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(Files.readAllLines(Path.of(out))).endsWith("a", "x");
    }

    @Test
    void replayOfAnEpochThatIsNotKeptIsRefused() {
        Cli.run("run", "-r", store, FLOWS + ":copy", in, out);

        Cli.Result result =
                Cli.run("run", "-r", store, "--replay-from", "99", FLOWS + ":copy", in, out);

        assertThat(result.exitCode()).isEqualTo(ExitCodes.STORE_REFUSED);
        assertThat(result.err()).contains("epoch 99 cannot be restored", "choose one of");
    }

    @Test
    void storeOfAnotherDataflowIsRefused() {
        Cli.run("run", "-r", store, FLOWS + ":copy", in, out);

        Cli.Result result = Cli.run("run", "-r", store, FLOWS + ":counts", in, out + "2");

        assertThat(result)
                .isEqualTo(
                        new Cli.Result(
                                ExitCodes.STORE_REFUSED,
                                "",
                                "waxwing: recovery store "
                                        + store
                                        + " belongs to dataflow 'copy', but 'counts' was started;"
                                        + " give each dataflow a directory of its own, or say"
                                        + " formerly(\"copy\") of the dataflow if it was renamed\n"));
    }

    @Test
    @Timeout(60)
    void terminalShowsALineThatRenewsItselfAndIsGoneInTheEnd() {
        String toLineStart = "\r\u001b[K";
        Path sign = directory.resolve("sign");
        var err =
                new StringWriter() {
                    @Override
                    public void flush() {
                        if (toString().split("epoch", -1).length > 2) {
                            make(sign);
                        }
                    }
                };

        Cli.Result result =
                Cli.run(Map.of(), Screen.fixed(40), err, "run", FLOWS + ":until", sign.toString());

        List<String> seen = List.of(result.err().split(Pattern.quote(toLineStart), -1));
        assertThat(seen).hasSizeGreaterThanOrEqualTo(4).startsWith("");
        assertThat(seen.subList(1, seen.size() - 1))
                .allMatch(line -> line.matches("\\d+ s  in 0/s  out 0/s  epoch \\d+  dec.*"))
                .allMatch(line -> line.length() < 40);
        assertThat(seen.get(seen.size() - 1)).startsWith("waxwing: dataflow 'until' completed");
    }

    private static void make(Path file) {
        try {
            Files.write(file, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<EpochRecord> epochs() {
        try (StoreReader reader = SqliteRecoveryStore.read(Path.of(store))) {
            return reader.epochs();
        }
    }
}
