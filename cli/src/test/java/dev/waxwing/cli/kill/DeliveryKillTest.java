package dev.waxwing.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.cli.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Payments go from files that grow through keyed state into a table of a real server, into rolling
 * files, to the ends of files and to an endpoint that fails in every way, in a process that is
 * killed again and again while the server is started anew now and then. Needs real time and real
 * processes.
 */
final class DeliveryKillTest {

    private static final boolean SLOW = Boolean.getBoolean("waxwing.slow");
    private static final int KILLS = SLOW ? 100 : 12;
    private static final int RESTARTS = SLOW ? 10 : 2;
    private static final int KILLS_AFTER_A_DELIVERY = KILLS / 3;
    private static final int LINES_OF_A_RUN = 1_500;
    private static final int RUN_MILLIS = 2_500;
    private static final int SOON_MILLIS = 150;
    private static final int POLL_MILLIS = 2;

    @TempDir Path directory;

    private Random random;
    private int runs;
    private int kills;
    private int killsAfterADelivery;

    @Test
    void tableFilesAndEndpointHaveEachPaymentOnceHoweverOftenRunsAreKilled() throws Exception {
        long seed = Long.getLong("waxwing.seed", new Random().nextLong());
        System.out.println("delivery kill test: seed " + seed);
        random = new Random(seed);
        Path lines = Files.createDirectory(directory.resolve("lines"));
        Path files = Files.createDirectory(directory.resolve("files"));
        Path appended = Files.createDirectory(directory.resolve("appended"));
        Path outboxes = directory.resolve("outboxes");
        Accounts accounts = new Accounts(lines, random);
        try (Table table = new Table(directory.resolve("data"));
                MoodyEndpoint endpoint = new MoodyEndpoint(new Random(seed));
                TableReader reader = new TableReader(table.source())) {
            List<String> args =
                    List.of(
                            Deliveries.class.getName(),
                            lines.toString(),
                            files.toString(),
                            appended.toString(),
                            outboxes.toString(),
                            table.url(),
                            endpoint.address());
            int restarts = 0;
            while (kills < KILLS || killsAfterADelivery < KILLS_AFTER_A_DELIVERY) {
                accounts.grow(LINES_OF_A_RUN);
                boolean restarting =
                        restarts < RESTARTS && (restarts + 1) * KILLS <= kills * (RESTARTS + 1);
                int before = endpoint.lines().size();
                int millis = RUN_MILLIS;
                try (ChildJvm run = start(args)) {
                    if (restarting) {
                        restarts++;
                        run.endsWithin(random.nextInt(RUN_MILLIS));
                        table.restart();
                    } else if (random.nextBoolean()) {
                        /* A run that has nothing left to deliver ends by itself. */
                        while (endpoint.lines().size() == before && !run.endsWithin(POLL_MILLIS)) {
                            Thread.onSpinWait();
                        }
                        millis = SOON_MILLIS;
                    }
                    if (killedWithin(run, random.nextInt(millis), restarting)) {
                        kills++;
                        killsAfterADelivery += endpoint.lines().size() > before ? 1 : 0;
                    }
                }
            }
            try (ChildJvm run = start(args)) {
                assertThat(run.exitCode()).as(run.err()).isZero();
            }

            System.out.printf(
                    "delivery kill test: %d runs, %d kills, %d of runs that had delivered, %d restarts"
                            + " of the server, %d payments, %d looks at the table, %d faults of the endpoint and %d requests"
                            + " that it knew; seed %d%n",
                    runs,
                    kills,
                    killsAfterADelivery,
                    restarts,
                    accounts.expected().size(),
                    reader.looks(),
                    endpoint.faults(),
                    endpoint.repetitions(),
                    seed);
            DeliveryPlace.checkSame(table.lines(), accounts.expected());
            DeliveryPlace.checkSame(DeliveryPlace.linesIn(files), accounts.expected());
            DeliveryPlace.checkSame(DeliveryPlace.linesIn(appended), accounts.expected());
            DeliveryPlace.checkSame(endpoint.lines(), accounts.expected());
            assertThat(endpoint.breaches()).isEmpty();
            assertThat(reader.changes()).isEmpty();
            assertThat(table.epochs()).isEqualTo(RecordedSink.read(outboxes));
            assertThat(table.epochsOfSeveralTransactions()).isEmpty();
            assertThat(restarts).isEqualTo(RESTARTS);
        }
    }

    private ChildJvm start(List<String> args) throws IOException {
        Path output = Files.createDirectory(directory.resolve("run-" + runs++));
        List<String> command = new ArrayList<>();
        command.add("run");
        command.add("--workers=" + (1 + random.nextInt(3)));
        command.add("--recovery-directory=" + directory.resolve("store"));
        command.add("--epoch-interval=50ms");
        command.addAll(args);
        return ChildJvm.start(output, command);
    }

    /* A run that is done before its time is none that was killed; without a server it may fail. */
    private boolean killedWithin(ChildJvm run, int millis, boolean mayFail) throws Exception {
        if (!run.endsWithin(millis)) {
            run.kill();
            return true;
        }
        if (!mayFail) {
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
        return false;
    }
}
