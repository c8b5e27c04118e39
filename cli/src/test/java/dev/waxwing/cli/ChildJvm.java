package dev.waxwing.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, with the class path of the tests. */
public final class ChildJvm implements AutoCloseable {

    private static final long END_SECONDS_MAX = 120;
    private static final long POLL_MILLIS = 5;

    /* A shell starts background jobs with SIGINT ignored, and children inherit that. */
    private static final List<String> DEFAULT_SIGNALS = List.of("env", "--default-signal=INT");

    private final Process process;
    private final Path out;
    private final Path err;

    private ChildJvm(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts {@code waxwing} with arguments; its output goes to files in the directory. */
    public static ChildJvm start(Path directory, List<String> args) throws IOException {
        return start(directory, List.of(), args);
    }

    /** The same in a JVM with more options. */
    public static ChildJvm start(Path directory, List<String> jvmOptions, List<String> args)
            throws IOException {
        List<String> command = new ArrayList<>(DEFAULT_SIGNALS);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "--enable-native-access=ALL-UNNAMED"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(args);
        Path out = directory.resolve("stdout");
        Path err = directory.resolve("stderr");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        return new ChildJvm(process, out, err);
    }

    /** Waits for the end, at most so long; returns whether it has come. */
    public boolean endsWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Sends a signal by its name. */
    public void signal(String name) throws IOException, InterruptedException {
        if (!send(name)) {
            throw new IOException("signal " + name + " could not be sent");
        }
    }

    private boolean send(String name) throws IOException, InterruptedException {
        return new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor()
                == 0;
    }

    /** Stops it where it is; returns when it stands still, or false if it has ended before. */
    public boolean trySuspend() throws IOException, InterruptedException {
        send("STOP");
        while (!endsWithin(POLL_MILLIS)) {
            if (state().startsWith("T")) {
                return true;
            }
        }
        return false;
    }

    /** Lets it go on where it was stopped. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private String state() throws IOException {
        Process ps =
                new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(process.pid()))
                        .start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** Waits until a file has grown since this was called. */
    public void awaitGrowth(Path file) throws IOException, InterruptedException {
        long before = Files.exists(file) ? Files.size(file) : 0;
        await(() -> Files.exists(file) && Files.size(file) > before);
    }

    /** Waits until a text is in what the process has written to standard error. */
    public void awaitError(String text) throws IOException, InterruptedException {
        await(() -> err().contains(text));
    }

    private void await(Condition condition) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (!condition.holds()) {
            boolean isLate = System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(END_SECONDS_MAX);
            if (isLate || endsWithin(POLL_MILLIS)) {
                throw new AssertionError("waited in vain for the process: " + err());
            }
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    /** {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has used of the processors so far. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Waits for the end and returns the exit code. */
    public int exitCode() throws InterruptedException, IOException {
        if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("the process has not ended by itself: " + err());
        }
        return process.exitValue();
    }

    public String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    public String err() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
