package dev.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecoveryCommandTest {

    private static final String COUNTS = Flows.class.getName() + ":counts";

    @TempDir Path directory;
    private String store = "";

    @BeforeEach
    void runWithAnEpochPerLine() throws Exception {
        store = directory.resolve("store").toString();
        String in = Files.write(directory.resolve("in"), List.of("a", "b", "a", "c")).toString();
        String out = directory.resolve("out").toString();
        Cli.run("run", "-r", store, "-s", "0", "-b", "1d", COUNTS, in, out);
    }

    @Test
    void listShowsEpochsAndStates() {
        Cli.Result result = Cli.run("recovery", "list", store);

        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("dataflow: counts\nlineage: ")
                .contains("EPOCH\tGENERATION\tWORKERS\tDECIDED AT\tDONE\tREWOUND\n1\t1\t1\t20")
                .contains("STEP\tSTATE\tKEYS\tBYTES\ncounts.count\tstate\t3\t")
                .contains("\ncounts.counts\tpartitions\t1\t")
                .contains("\ncounts.lines\tpartitions\t1\t");
    }

    @Test
    void showGivesKeysAndValuesInOrder() {
        assertThat(Cli.run("recovery", "show", store, "counts.count"))
                .isEqualTo(
                        new Cli.Result(
                                ExitCodes.OK,
                                """
                                STATE\tKEY\tVALUE
                                state\ta\t2
                                state\tb\t1
                                state\tc\t1
                                """,
                                ""));
    }

    @Test
    void tableIsAlignedOnATerminal() {
        Cli.Result result =
                Cli.run(
                        Map.of(),
                        Screen.fixed(80),
                        "recovery",
                        "show",
                        store,
                        "counts.count",
                        "--key=a");

        assertThat(result.out()).isEqualTo("STATE  KEY  VALUE\nstate  a    2\n");
    }

    @Test
    void showOfAnOlderEpoch() {
        Cli.Result result = Cli.run("recovery", "show", store, "counts.count", "--epoch", "1");

        assertThat(result.out()).isEqualTo("STATE\tKEY\tVALUE\nstate\ta\t1\n");
    }

    @Test
    void showStopsAtTheLimitAndSaysSo() {
        Cli.Result result = Cli.run("recovery", "show", store, "counts.count", "--limit", "2");

        assertThat(result)
                .isEqualTo(
                        new Cli.Result(
                                ExitCodes.OK,
                                "STATE\tKEY\tVALUE\nstate\ta\t2\nstate\tb\t1\n",
                                "waxwing: these are the first 2 of 3 keys; --limit 0 shows all\n"));
    }

    @Test
    void showOfAStepThatIsNotThereListsThoseThatAre() {
        Cli.Result result = Cli.run("recovery", "show", store, "count", "--epoch", "2");

        assertThat(result)
                .isEqualTo(
                        new Cli.Result(
                                ExitCodes.USAGE,
                                "",
                                "waxwing: there is no state of a step 'count' in epoch 2 of"
                                        + " recovery store "
                                        + store
                                        + "; the steps with state are counts.count, counts.counts,"
                                        + " counts.lines\n"));
    }

    @Test
    void showOfAKeyThatIsNotThere() {
        assertThat(Cli.run("recovery", "show", store, "counts.count", "-k", "z").err())
                .contains("step 'counts.count' has no key 'z' in epoch ");
    }

    @Test
    void showOfAnEpochThatIsNotKept() {
        Cli.Result result = Cli.run("recovery", "show", store, "counts.count", "--epoch", "99");

        assertThat(result.exitCode()).isEqualTo(ExitCodes.STORE_REFUSED);
        assertThat(result.err()).contains("epoch 99 cannot be restored", "choose one of [1, 2, 3");
    }

    @Test
    void sqlAnswers() {
        Cli.Result result =
                Cli.run(
                        "recovery",
                        "sql",
                        store,
                        "select step, count(*) as n from entries group by step order by step");

        assertThat(result)
                .isEqualTo(
                        new Cli.Result(
                                ExitCodes.OK,
                                """
                                step\tn
                                counts.count\t3
                                counts.counts\t1
                                counts.lines\t1
                                """,
                                ""));
    }

    @Test
    void sqlThatIsWrongNamesTheTables() {
        Cli.Result result = Cli.run("recovery", "sql", store, "select * from keys");

        assertThat(result.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.err())
                .contains("no such table: keys", "entries(epoch, step, state, key, value)");
    }

    @Test
    void diffShowsWhatBecameOfTheKeys() {
        Cli.Result result = Cli.run("recovery", "diff", store, "1", "3");

        assertThat(result.out())
                .startsWith(
                        """
                        STEP\tSTATE\tKEY\tBEFORE\tAFTER
                        counts.count\tstate\ta\t1\t2
                        counts.count\tstate\tb\t\t1
                        """);
    }

    @Test
    void checkOfASoundStore() {
        assertThat(Cli.run("recovery", "check", store))
                .isEqualTo(
                        new Cli.Result(
                                ExitCodes.OK, "recovery store " + store + " is sound\n", ""));
    }

    @Test
    void checkOfADamagedStore() throws Exception {
        try (Connection file =
                        DriverManager.getConnection("jdbc:sqlite:" + store + "/recovery.sqlite");
                Statement statement = file.createStatement()) {
            statement.execute("UPDATE page SET data = zeroblob(length(data)) WHERE id = 1");
        }

        Cli.Result result = Cli.run("recovery", "check", store);

        assertThat(result.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.out()).contains("damaged");
    }

    @Test
    void backupIsAStoreAndSaysHowFarItHasCome() {
        String copy = directory.resolve("copy").toString();

        Cli.Result result = Cli.run("recovery", "backup", store, copy);

        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .matches(
                        "backup of recovery store .*store in .*copy: epoch (\\d+) is decided,"
                                + " epoch \\1 is done\n");
        assertThat(Cli.run("recovery", "list", copy)).isEqualTo(Cli.run("recovery", "list", store));
        assertThat(Cli.run("recovery", "check", copy).exitCode()).isZero();
    }

    @Test
    void backupToWhereSomethingIsIsRefused() {
        Cli.Result result = Cli.run("recovery", "backup", store, directory.toString());

        assertThat(result.exitCode()).isEqualTo(ExitCodes.STORE_REFUSED);
        assertThat(result.err())
                .contains("must go to a directory that is empty or missing", "give another one");
    }

    @Test
    void directoryWithoutAStore() {
        assertThat(Cli.run("recovery", "check", directory.toString()))
                .isEqualTo(
                        new Cli.Result(
                                ExitCodes.STORE_REFUSED,
                                "",
                                "waxwing: there is no recovery store in "
                                        + directory
                                        + "; give the directory that an execution was started"
                                        + " with\n"));
    }

    @Test
    void commandIsMissing() {
        Cli.Result result = Cli.run("recovery");

        assertThat(result.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.err())
                .startsWith(
                        "waxwing: give one of the commands list, show, sql, diff, check, backup,"
                                + " reset\n");
    }

    @Test
    void storeCanBeReadWhileItsDataflowRuns() {
        Path running = directory.resolve("running");
        EmbeddedOptions options =
                EmbeddedOptions.defaults()
                        .withRecovery(
                                RecoveryOptions.in(running)
                                        .withEpochInterval(Duration.ofMillis(10))
                                        .withRetention(Duration.ofDays(1)));
        try (Execution execution =
                Waxwing.start(Flows.endless(directory.resolve("numbers")), options)) {
            while (execution.counters().decidedEpoch() < 2) {
                Thread.onSpinWait();
            }

            assertThat(Cli.run("recovery", "list", "" + running).exitCode()).isZero();
            assertThat(Cli.run("recovery", "check", "" + running).exitCode()).isZero();
            assertThat(Cli.run("recovery", "show", "" + running, "endless.numbers").out())
                    .startsWith("STATE\tKEY\tVALUE\npartitions\tnumbers\t");
            assertThat(Cli.run("recovery", "diff", "" + running, "1", "2").out())
                    .startsWith("STEP\tSTATE\tKEY\tBEFORE\tAFTER\nendless.numbers\tpartitions\t");
            assertThat(Cli.run("recovery", "sql", "" + running, keysOf("endless.numbers")).out())
                    .isEqualTo("n\n1\n");
            String copy = directory.resolve("copy").toString();
            assertThat(Cli.run("recovery", "backup", "" + running, copy).exitCode()).isZero();
            assertThat(Cli.run("recovery", "check", copy).exitCode()).isZero();
            assertThat(execution.status().isFinal()).isFalse();
        }
    }

    private static String keysOf(String step) {
        return "select count(*) as n from entries where step = '" + step + "'";
    }
}
