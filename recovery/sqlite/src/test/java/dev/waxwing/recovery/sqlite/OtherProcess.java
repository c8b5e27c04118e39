package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A process that opens a store and does with it what it is told, until it is killed. */
final class OtherProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter commands;

    private OtherProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    /** Starts it and returns when it has the store open. */
    static OtherProcess holding(Path directory) throws IOException {
        OtherProcess other = new OtherProcess(start(directory));
        other.answers.readLine();
        return other;
    }

    /** Starts one that opens the store if it can, with options; returns what comes of it. */
    static String opening(Path directory, String... options) throws IOException {
        try (OtherProcess other = new OtherProcess(start(directory, options))) {
            return other.answers.readLine();
        }
    }

    /** Tells it to do something; returns what comes of it. */
    String does(String command) throws IOException {
        commands.println(command);
        return answers.readLine();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** As {@link #holding}, in a process that makes files with these permissions taken away. */
    static OtherProcess withUmask(String umask, Path directory) throws IOException {
        List<String> shell = List.of("sh", "-c", "umask " + umask + " && exec \"$0\" \"$@\"");
        OtherProcess other = new OtherProcess(start(shell, directory));
        other.answers.readLine();
        return other;
    }

    private static Process start(Path directory, String... options) throws IOException {
        return start(List.of(), directory, options);
    }

    private static Process start(List<String> before, Path directory, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(
                List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        directory.toString()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        StoreOptions options = StoreOptions.defaults();
        RecoveryStore store;
        try {
            store =
                    SqliteRecoveryStore.open(
                            directory,
                            "orders",
                            arguments.length == 1 ? options : options.withTakeOver());
        } catch (RecoveryException refused) {
            System.out.println(refused.getMessage());
            return;
        }
        System.out.println("open with generation " + store.generation());
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String command;
        while ((command = commands.readLine()) != null) {
            System.out.println(answer(store, directory, command));
        }
    }

    private static String answer(RecoveryStore store, Path directory, String command)
            throws Exception {
        try {
            switch (command) {
                case "decide" -> store.decide(EpochSnapshot.of(store.highestEpoch() + 1));
                case "abandon" -> store.abandon();
                case "close" -> store.close();
                case "done" -> store.done(store.decidedEpoch());
                case "rewind" -> store.rewindTo(1);
                case "put" -> store.segments().put("outbox.rejected.0", new byte[] {1});
                case "collect" -> {
                    while (store.collect()) {
                        Thread.onSpinWait();
                    }
                }
                case "back up" -> StoreBackup.take(directory, directory.resolveSibling("backup"));
                case "restore" ->
                        SqliteRecoveryStore.open(
                                directory.resolveSibling("backup"),
                                "orders",
                                StoreOptions.defaults());
                case "hang in a write" -> hangInAWrite(directory);
                default -> throw new IllegalArgumentException(command);
            }
            return "done: " + command;
        } catch (RecoveryException e) {
            return e.isTakenOver() ? e.getMessage() : "failed: " + e.getMessage();
        }
    }

    private static void hangInAWrite(Path directory) throws Exception {
        Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("recovery.sqlite"));
        Statement statement = connection.createStatement();
        statement.execute("BEGIN IMMEDIATE");
    }
}
