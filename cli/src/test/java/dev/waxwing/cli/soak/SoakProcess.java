package dev.waxwing.cli.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The process that is measured: runs the dataflow, and does what standard input says. It answers
 * when the execution has written something.
 */
final class SoakProcess {

    private static final Duration EPOCHS = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final int WORKERS = 2;

    private final Path directory;
    private final String database;
    private final long endMillis;

    private SoakProcess(Path directory, String database, long endMillis) {
        this.directory = directory;
        this.database = database;
        this.endMillis = endMillis;
    }

    /** Takes the directory of everything, the database, and the time of the data to end at. */
    public static void main(String[] args) throws Exception {
        SoakProcess process = new SoakProcess(Path.of(args[0]), args[1], Long.parseLong(args[2]));
        if (process.endMillis == Long.MAX_VALUE) {
            process.obey(new BufferedReader(new InputStreamReader(System.in, UTF_8)));
        } else {
            try (Execution execution = process.start()) {
                execution.await();
            }
        }
    }

    static Path store(Path directory) {
        return directory.resolve("store");
    }

    static Path files(Path directory) {
        return directory.resolve("files");
    }

    static Path appended(Path directory) {
        return directory.resolve("appended");
    }

    private Execution start() {
        return Waxwing.start(
                ShopFlow.flow(files(directory), appended(directory), database, endMillis),
                EmbeddedOptions.defaults()
                        .withWorkers(WORKERS)
                        .withRecovery(
                                RecoveryOptions.in(store(directory)).withEpochInterval(EPOCHS)));
    }

    private void obey(BufferedReader commands) throws IOException, InterruptedException {
        Execution execution = start();
        try {
            String command;
            while ((command = commands.readLine()) != null) {
                if (command.equals("restart")) {
                    execution.close();
                    execution.await();
                    execution = start();
                }
                /* Throws what the execution has failed of. */
                do {
                    execution.await(POLL);
                } while (execution.counters().itemsOut() == 0);
                System.out.println(
                        InnerUse.measured().asText() + " " + execution.counters().doneEpoch());
            }
        } finally {
            execution.close();
        }
    }
}
