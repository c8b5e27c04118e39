package dev.waxwing.recovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that opens a store and holds it until it is killed. */
final class OtherProcess {

    private OtherProcess() {}

    /** Starts it and returns when it has the store open. */
    static Process holding(Path directory) throws IOException {
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                OtherProcess.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        return process;
    }

    public static void main(String[] arguments) throws IOException {
        RecoveryStore store =
                SqliteRecoveryStore.open(Path.of(arguments[0]), "orders", StoreOptions.defaults());
        System.out.println("open with generation " + store.generation());
        while (System.in.read() >= 0) {
            store.collect();
        }
    }
}
