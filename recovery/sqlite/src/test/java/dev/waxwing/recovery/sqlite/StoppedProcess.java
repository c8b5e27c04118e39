package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.FaultHook;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that opens stores, and stops at a point of that until it is told to go on. One serves
 * for many stores.
 */
final class StoppedProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter commands;

    private StoppedProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    static StoppedProcess start() throws IOException {
        List<String> command =
                List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoppedProcess.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command);
        return new StoppedProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Opens a store as far as a point; returns whether it came there. */
    boolean opens(Path directory, boolean takesOver, String point) throws IOException {
        commands.println(directory + "\t" + takesOver + "\t" + point);
        return answers.readLine().equals("stopped");
    }

    /** Goes on; returns {@code open} and the generation, or why it was refused. */
    String goesOn() throws IOException {
        commands.println("go on");
        return answers.readLine();
    }

    /** Decides an epoch with the store that is open, and closes it; returns what came of it. */
    String decides() throws IOException {
        commands.println("decide");
        return answers.readLine();
    }

    /** Lets each of its writes to a file fail from now on, as if the disk were full; returns 0. */
    int canWriteNoMore() throws IOException, InterruptedException {
        return new ProcessBuilder("prlimit", "--pid", Long.toString(pid()), "--fsize=1:1")
                .inheritIO()
                .start()
                .waitFor();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    public static void main(String[] arguments) throws Exception {
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String command;
        while ((command = commands.readLine()) != null) {
            String[] words = command.split("\t", -1);
            if (words.length == 3) {
                open(Path.of(words[0]), Boolean.parseBoolean(words[1]), words[2], commands);
            }
        }
    }

    private static void open(
            Path directory, boolean takesOver, String point, BufferedReader commands)
            throws IOException {
        StoreOptions options = StoreOptions.defaults();
        boolean[] hasStopped = {false};
        FaultHook faults =
                operation -> {
                    if (operation.equals(point) && !hasStopped[0]) {
                        hasStopped[0] = true;
                        System.out.println("stopped");
                        readLine(commands);
                    }
                };
        try (RecoveryStore store =
                SqliteRecoveryStore.open(
                        directory,
                        "orders",
                        takesOver ? options.withTakeOver() : options,
                        faults)) {
            if (!hasStopped[0]) {
                System.out.println("never there");
                return;
            }
            System.out.println("open " + store.generation());
            commands.readLine();
            store.decide(EpochSnapshot.of(store.highestEpoch() + 1));
            System.out.println("decided " + store.decidedEpoch());
        } catch (RecoveryException refused) {
            System.out.println(refused.getMessage());
        }
    }

    private static void readLine(BufferedReader commands) {
        try {
            commands.readLine();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
