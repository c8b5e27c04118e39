package dev.waxwing.cli.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link SoakProcess}, as seen from outside. */
final class SoakChild implements AutoCloseable {

    private static final long END_SECONDS_MAX = 300;

    private final Process process;
    private final Path directory;
    private final Path errors;
    private final Writer commands;
    private final BufferedReader answers;

    private SoakChild(Process process, Path directory, Path errors) {
        this.process = process;
        this.directory = directory;
        this.errors = errors;
        this.commands = process.outputWriter(UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    static SoakChild start(Path directory, String database, long endMillis) throws IOException {
        Path errors = directory.resolve("stderr");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xms128m",
                                        "-Xmx128m",
                                        "-XX:+AlwaysPreTouch",
                                        "-XX:+UseSerialGC",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        SoakProcess.class.getName(),
                                        directory.toString(),
                                        database,
                                        Long.toString(endMillis)))
                        .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                        .start();
        return new SoakChild(process, directory, errors);
    }

    /** Measures it. */
    Sample sample() throws IOException {
        return Sample.of(process.pid(), answerTo("sample"), SoakProcess.store(directory));
    }

    /** Stops the execution and starts another one, in the same process. */
    void restart() throws IOException {
        answerTo("restart");
    }

    private String answerTo(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new AssertionError("the process has ended: " + Files.readString(errors));
        }
        return answer;
    }

    /** Lets it go on; it must not end meanwhile. */
    void goOnFor(Duration time) throws IOException, InterruptedException {
        if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the process has ended: " + Files.readString(errors));
        }
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Waits until it has ended by itself, and fails if it did not end well. */
    void awaitEnd() throws IOException, InterruptedException {
        boolean hasEnded = process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS);
        if (!hasEnded || process.exitValue() != 0) {
            throw new AssertionError("it has not ended well: " + Files.readString(errors));
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
