package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.Source;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.SystemClock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that have nothing, and sinks that take nothing. */
final class IdleTest {

    @TempDir private Path directory;

    @Test
    void idleDataflowUsesLessThanAHundredthOfACore() throws Exception {
        Dataflow flow = Dataflow.named("idle-cpu");
        Sleeper source = new Sleeper(() -> Instant.now().plusSeconds(3_600));
        flow.input("in", source)
                .keyOn("key", number -> number)
                .statefulMap(
                        "last",
                        (@Nullable Integer last, Integer number) ->
                                StateUpdate.keep(number, number))
                .output("out", new TestSink<>());
        EmbeddedOptions options =
                EmbeddedOptions.defaults()
                        .withWorkers(2)
                        .withRecovery(RecoveryOptions.in(directory));
        try (Execution execution = Waxwing.start(flow, options)) {
            /* It has to start first; what is not idle never gets there. */
            long until = System.nanoTime() + Runs.LIMIT.toNanos();
            while (load("waxwing idle-cpu", Duration.ofSeconds(2)) > 0.01) {
                assertThat(System.nanoTime()).isLessThan(until);
            }

            assertThat(execution.status()).isEqualTo(Execution.Status.RUNNING);
            assertThat(source.built).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"event", "system", "stream"})
    void openWindowsThatWaitUseLessThanAHundredthOfACore(String clock) throws Exception {
        expectIdle(clock, EmbeddedOptions.defaults());
    }

    @Test
    void neitherDoOpenWindowsThatAreKept() throws Exception {
        expectIdle("event", EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(directory)));
    }

    private static void expectIdle(String clock, EmbeddedOptions options) throws Exception {
        int windows = Boolean.getBoolean("waxwing.slow") ? 1_000_000 : 20_000;
        Dataflow flow = Dataflow.named("idle-" + clock);
        flow.input("in", new Filler(windows))
                .watermark(
                        "time",
                        number -> Instant.EPOCH,
                        WatermarkOptions.outOfOrderBy(Duration.ofSeconds(1)))
                .keyOn("key", number -> number)
                .countWindow("window", clock(clock), SessionWindower.of(Duration.ofHours(1)))
                .down()
                .output("out", new TestSink<>());
        try (Execution execution = Waxwing.start(flow, options)) {
            long until = System.nanoTime() + Runs.LIMIT.toNanos();
            double load;
            while ((load = load("waxwing idle-" + clock, Duration.ofSeconds(2))) > 0.01
                    || execution.counters().steps().stream()
                            .noneMatch(step -> step.keys() == windows)) {
                assertThat(System.nanoTime()).isLessThan(until);
            }
            System.out.printf(
                    "%,d windows that wait for %s time, %s recovery, use %.5f of a core%n",
                    windows, clock, options.recovery() == null ? "without" : "with", load);
        }
    }

    private static Clock<Integer, ?> clock(String name) {
        return switch (name) {
            case "event" -> EventClock.of(number -> Instant.EPOCH, Duration.ofHours(1));
            case "system" -> SystemClock.now();
            default -> StreamClock.of(number -> Instant.EPOCH);
        };
    }

    /** Emits so many numbers, then sleeps. */
    private record Filler(int count) implements DynamicSource<Integer> {

        private static final int BATCH = 1_000;

        @Override
        public StatelessSourcePartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            int[] next = {0};
            return new StatelessSourcePartition<>() {
                @Override
                public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
                    int end = Math.min(count, next[0] + BATCH);
                    while (next[0] < end) {
                        out.emit(next[0]++);
                    }
                    return SourceStatus.OPEN;
                }

                @Override
                public @Nullable Instant nextAwake() {
                    return next[0] < count ? Instant.MIN : Instant.now().plusSeconds(3_600);
                }
            };
        }
    }

    @Test
    void sourceThatHasNothingIsPolledAboutEveryMillisecond() throws Exception {
        Sleeper source = new Sleeper(() -> null);
        long start = System.nanoTime();
        try (Execution execution = Waxwing.start(flow(source), EmbeddedOptions.defaults())) {
            while (source.reads.get() < 100) {
                rest(Duration.ofMillis(1));
                assertThat(execution.status().isFinal()).isFalse();
            }
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofMillis(90));
    }

    @Test
    void epochsGoOnWhileASourceSleeps() throws Exception {
        EndlessSource busy = new EndlessSource();
        Dataflow flow = Dataflow.named("flow");
        flow.input("slow", new Sleeper(() -> Instant.now().plusSeconds(3_600)))
                .merge("both", flow.input("fast", busy))
                .output("out", new TestSink<>());
        EmbeddedOptions options =
                EmbeddedOptions.defaults()
                        .withWorkers(2)
                        .withRecovery(
                                RecoveryOptions.in(directory)
                                        .withEpochInterval(Duration.ofMillis(10)));
        try (Execution execution = Waxwing.start(flow, options)) {
            long until = System.nanoTime() + Runs.LIMIT.toNanos();
            while (execution.counters().decidedEpoch() < 3) {
                rest(Duration.ofMillis(1));
                assertThat(System.nanoTime()).isLessThan(until);
            }
        }
    }

    @Test
    void sleepingSourceHoldsUpNeitherTheEndOfAnotherNorAStop() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Dataflow flow = Dataflow.named("flow");
        flow.input("slow", new Sleeper(() -> Instant.MAX)).output("out", new TestSink<>());
        flow.input("fast", TestSource.of(1)).output("ending", new EndSink(ended));
        Execution execution = Waxwing.start(flow, EmbeddedOptions.defaults());
        Runs.await(ended);

        execution.stop(Runs.LIMIT);
        Runs.await(execution);

        assertThat(execution.status()).isEqualTo(Execution.Status.STOPPED);
    }

    @Test
    void itemsBetweenAFastSourceAndABlockedSinkAreBounded() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        EndlessSource source = new EndlessSource();
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", source)
                .redistribute("spread")
                .output(
                        "out",
                        (DynamicSink<Integer>)
                                (step, index, count) ->
                                        items -> {
                                            blocked.countDown();
                                            Runs.await(release);
                                        });
        EmbeddedOptions options = EmbeddedOptions.defaults().withWorkers(2).withChannelBatches(2);
        try (Execution execution = Waxwing.start(flow, options)) {
            Runs.await(blocked);
            int before;
            do {
                before = source.emitted.get();
                rest(Duration.ofMillis(200));
            } while (source.emitted.get() > before);

            assertThat(before).isLessThan(20_000);
            release.countDown();
            source.awaitRead(before + 20_000);
            assertThat(execution.status()).isEqualTo(Execution.Status.RUNNING);
        }
    }

    private static Dataflow flow(Source<Integer> source) {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", source).output("out", new TestSink<>());
        return flow;
    }

    /* A time in which something else must, or must not, happen: there is no event to wait for. */
    private static void rest(Duration time) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)).isFalse();
    }

    /* The part of a core that threads use. */
    private static double load(String threadNamePrefix, Duration time) throws InterruptedException {
        long before = cpuNanos(threadNamePrefix);
        long start = System.nanoTime();
        rest(time);
        return (double) (cpuNanos(threadNamePrefix) - before) / (System.nanoTime() - start);
    }

    private static long cpuNanos(String threadNamePrefix) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(threadNamePrefix)) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getId()));
            }
        }
        return nanos;
    }

    /** Never has anything. */
    private static final class Sleeper implements DynamicSource<Integer> {

        private static final long serialVersionUID = 1L;

        final AtomicInteger built = new AtomicInteger();
        final AtomicInteger reads = new AtomicInteger();

        private final transient Supplier<@Nullable Instant> nextAwake;

        Sleeper(Supplier<@Nullable Instant> nextAwake) {
            this.nextAwake = nextAwake;
        }

        @Override
        public StatelessSourcePartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            built.incrementAndGet();
            return new StatelessSourcePartition<>() {
                @Override
                public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
                    reads.incrementAndGet();
                    return SourceStatus.OPEN;
                }

                @Override
                public @Nullable Instant nextAwake() {
                    return nextAwake.get();
                }
            };
        }
    }

    /** Tells when its input has ended. */
    private static final class EndSink implements DynamicSink<Integer> {

        private static final long serialVersionUID = 1L;

        private final transient CountDownLatch ended;

        EndSink(CountDownLatch ended) {
            this.ended = ended;
        }

        @Override
        public StatelessSinkPartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            return new dev.waxwing.sink.StatelessSinkPartition<>() {
                @Override
                public void writeBatch(List<Integer> items) {}

                @Override
                public void onEndOfInput() {
                    ended.countDown();
                }
            };
        }
    }
}
