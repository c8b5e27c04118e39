package dev.waxwing.cli;

import dev.waxwing.Dataflow;
import dev.waxwing.files.OnExisting;
import dev.waxwing.files.TextFiles;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.Outcome;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.state.StateUpdate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Dataflows, and methods that return none, for tests of the command line. */
public final class Flows {

    private Flows() {}

    /** One step between a file that does not exist and another. */
    public static Dataflow flow() {
        return copy(Path.of("in.txt"), Path.of("out.txt"));
    }

    /** Copies lines. */
    public static Dataflow copy(Path from, Path to) {
        Dataflow flow = Dataflow.named("copy");
        flow.input("lines", TextFiles.lines(from))
                .map("same", line -> line)
                .output("copies", TextFiles.append(to).withOnExisting(OnExisting.APPEND));
        return flow;
    }

    /** Writes how often each line has come. */
    public static Dataflow counts(Path from, Path to) {
        return counts("count", from, to);
    }

    /** The same with another name of the step that counts. */
    public static Dataflow tallies(Path from, Path to) {
        return counts("tally", from, to);
    }

    private static Dataflow counts(String step, Path from, Path to) {
        Dataflow flow = Dataflow.named("counts");
        flow.input("lines", TextFiles.lines(from).withBatchItems(1))
                .keyOn("by-line", line -> line)
                .statefulMap(
                        step,
                        (Long before, String line) -> {
                            long n = before == null ? 1 : before + 1;
                            return StateUpdate.keep(n, line + " " + n);
                        })
                .output("counts", TextFiles.append(to).withOnExisting(OnExisting.APPEND));
        return flow;
    }

    /** Another dataflow of the name, which copies into parts. */
    public static Dataflow rolled(Path from, Path to) {
        Dataflow flow = Dataflow.named("counts");
        flow.input("lines", TextFiles.lines(from)).output("parts", TextFiles.rolling(to));
        return flow;
    }

    /** Writes to files, and to a sink of which nobody knows how to reset it. */
    public static Dataflow stubborn(Path from, Path to) {
        Dataflow flow = counts(from, to);
        flow.input("more", TextFiles.lines(from)).output("own", new StubbornSink());
        return flow;
    }

    private static final class StubbornSink implements EpochSink<String> {

        @Override
        public List<String> listParts() {
            return List.of("all");
        }

        @Override
        public IdempotentPartition<String> buildPart(String stepId, String forPart) {
            return batch -> Outcome.committed();
        }
    }

    /** Has all that arguments can be in its name. */
    public static Dataflow typed(
            String text, int small, long large, double fraction, boolean truth, Path path) {
        String shown = text + "|" + small + "|" + large + "|" + fraction + "|" + truth + "|" + path;
        Dataflow flow = Dataflow.named(shown.replace('.', '_'));
        flow.input("lines", TextFiles.lines(path)).raises("none");
        return flow;
    }

    /** Overloaded. */
    public static Dataflow either(int number) {
        return typed("int", number, 0, 0, false, Path.of("x"));
    }

    /** Overloaded. */
    public static Dataflow either(boolean truth) {
        return typed("boolean", 0, 0, 0, truth, Path.of("x"));
    }

    /** Takes what no word can be made into. */
    public static Dataflow every(Duration interval) {
        return flow();
    }

    /** Throws. */
    public static Dataflow throwing() {
        throw new IllegalStateException("no luck today");
    }

    /** Is not valid. */
    public static Dataflow unfinished() {
        Dataflow flow = Dataflow.named("unfinished");
        flow.input("lines", TextFiles.lines(Path.of("in.txt")));
        return flow;
    }

    /** Is not valid, and finds out by itself. */
    public static Dataflow twice() {
        Dataflow flow = Dataflow.named("twice");
        flow.input("lines", TextFiles.lines(Path.of("in.txt"))).map("a", x -> x).map("a", x -> x);
        return flow;
    }

    /** Returns none. */
    public static Dataflow nothing() {
        return null;
    }

    /** Returns something else. */
    public static String text() {
        return "flow";
    }

    static Dataflow hidden() {
        return flow();
    }

    /** Fails at a line "bad". */
    public static Dataflow failing(Path from, Path to) {
        Dataflow flow = Dataflow.named("failing");
        flow.input("lines", TextFiles.lines(from))
                .map(
                        "check",
                        line -> {
                            if (line.equals("bad")) {
                                throw new IllegalArgumentException("boom");
                            }
                            return line;
                        })
                .output("out", TextFiles.append(to));
        return flow;
    }

    /** Writes numbers, one more with each item, and never ends. */
    public static Dataflow endless(Path to) {
        Dataflow flow = Dataflow.named("endless");
        flow.input("numbers", new EndlessSource(Duration.ofMillis(2)))
                .map("text", number -> Long.toString(number))
                .output("out", TextFiles.append(to));
        return flow;
    }

    /** Writes a number, and the next one in an hour. */
    public static Dataflow idle(Path to) {
        Dataflow flow = Dataflow.named("idle");
        flow.input("numbers", new EndlessSource(Duration.ofHours(1)))
                .map("text", number -> Long.toString(number))
                .output("out", TextFiles.append(to));
        return flow;
    }

    /** Makes a file at its first item, and then waits in vain. */
    public static Dataflow waiting(Path sign) {
        String file = sign.toString();
        Dataflow flow = Dataflow.named("waiting");
        flow.input("numbers", new EndlessSource(Duration.ofMillis(2)))
                .map(
                        "wait",
                        number -> {
                            Files.write(Path.of(file), new byte[1]);
                            new CountDownLatch(1).await();
                            return number;
                        })
                .raises("none");
        return flow;
    }

    /** Ends when there is a file. */
    public static Dataflow until(Path sign) {
        String file = sign.toString();
        Dataflow flow = Dataflow.named("until");
        flow.input(
                        "signs",
                        (DynamicSource<Long>)
                                (step, worker, workers) ->
                                        out ->
                                                Files.exists(Path.of(file))
                                                        ? SourceStatus.ENDED
                                                        : SourceStatus.OPEN)
                .raises("none");
        return flow;
    }

    /** As {@link #waiting}, but does not even heed interrupts. */
    public static Dataflow deaf(Path sign) {
        String file = sign.toString();
        Dataflow flow = Dataflow.named("deaf");
        flow.input("numbers", new EndlessSource(Duration.ofMillis(2)))
                .map(
                        "wait",
                        number -> {
                            Files.write(Path.of(file), new byte[1]);
                            CountDownLatch never = new CountDownLatch(1);
                            while (never.getCount() > 0) {
                                Thread.onSpinWait();
                            }
                            return number;
                        })
                .raises("none");
        return flow;
    }
}
