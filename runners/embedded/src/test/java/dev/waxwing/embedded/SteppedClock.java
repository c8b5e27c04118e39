package dev.waxwing.embedded;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.source.PollingSource;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.CollectOptions;
import dev.waxwing.step.FailurePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process whose wall clock is set forth and back by an hour while it runs a dataflow; tells what
 * went on meanwhile, and whether a stop of 30 s was one.
 */
final class SteppedClock {

    private static final long STEP_SECONDS = 3_600;
    private static final long LIMIT_SECONDS = 300;
    private static final int LEAST = 5;

    private final Path offset;
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicInteger lists = new AtomicInteger();

    private SteppedClock(Path offset) {
        this.offset = offset;
    }

    /**
     * @param arguments the file that libfaketime reads, and the directory of the store
     */
    public static void main(String[] arguments) throws Exception {
        new SteppedClock(Path.of(arguments[0])).run(Path.of(arguments[1]));
    }

    private void run(Path directory) throws Exception {
        var execution =
                Waxwing.start(
                        flow(),
                        EmbeddedOptions.defaults()
                                .withRecovery(
                                        RecoveryOptions.in(directory)
                                                .withEpochInterval(Duration.ofMillis(200))));
        awaitProgress("at first", execution);
        setClock("+" + STEP_SECONDS, STEP_SECONDS);
        awaitProgress("forth", execution);
        setClock("-" + STEP_SECONDS, -2 * STEP_SECONDS);
        awaitProgress("back", execution);
        execution.stop(Duration.ofSeconds(30));
        execution.await(Duration.ofSeconds(LIMIT_SECONDS));
        System.out.println(execution.status());
    }

    /* Everything goes on some times, within a minute, by the clock that nobody sets. */
    private void awaitProgress(String when, Execution execution) throws InterruptedException {
        int[] before = {polls.get(), calls.get(), retries.get(), lists.get()};
        long epoch = execution.counters().decidedEpoch();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (polls.get() < before[0] + LEAST
                || calls.get() < before[1] + LEAST
                || retries.get() < before[2] + LEAST
                || lists.get() < before[3] + LEAST
                || execution.counters().decidedEpoch() < epoch + LEAST) {
            if (System.nanoTime() > until) {
                System.out.println(
                        when
                                + ": stands still, after "
                                + Arrays.toString(before)
                                + " there are "
                                + List.of(polls, calls, retries, lists)
                                + ", epochs "
                                + epoch
                                + " and "
                                + execution.counters().decidedEpoch());
                return;
            }
            if (execution.await(Duration.ofMillis(10))) {
                System.out.println(when + ": has ended");
                return;
            }
        }
        System.out.println(when + ": goes on");
    }

    /* Returns when the wall clock shows it. */
    private void setClock(String to, long bySeconds) throws IOException {
        long passed = System.currentTimeMillis() - System.nanoTime() / 1_000_000;
        Files.writeString(offset, to + "\n");
        long jump;
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        do {
            jump = System.currentTimeMillis() - System.nanoTime() / 1_000_000 - passed;
            if (System.nanoTime() > until) {
                throw new IOException("the wall clock was not set, but moved by " + jump + " ms");
            }
        } while (Math.abs(jump / 1_000 - bySeconds) > LIMIT_SECONDS);
    }

    private Dataflow flow() {
        Dataflow flow = Dataflow.named("flow");
        var delayed = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);
        flow.input("in", PollingSource.every(Duration.ofMillis(100), polls::incrementAndGet))
                .mapAsync(
                        "call",
                        number -> CompletableFuture.supplyAsync(() -> number, delayed),
                        AsyncOptions.defaults().withTimeout(Duration.ofSeconds(30)))
                .map("called", number -> calls.incrementAndGet())
                .map("retried", this::onceMore)
                .onFailure(
                        FailurePolicy.retry(4)
                                .withBackOff(Duration.ofMillis(50), Duration.ofMillis(50)))
                .keyOn("key", number -> number)
                .collect("list", CollectOptions.upTo(9, Duration.ofMillis(300)))
                .dropKey("lists")
                .map("listed", list -> lists.incrementAndGet())
                .output("out", (DynamicSink<Integer>) (step, index, count) -> items -> {});
        return flow;
    }

    /* Each second call fails. */
    private int onceMore(int number) throws IOException {
        if (retries.incrementAndGet() % 2 == 1) {
            throw new IOException("once");
        }
        return number;
    }
}
