package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.run.Execution.Counters;
import dev.waxwing.run.Execution.StepCounters;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of an execution, as its handle shows it. */
final class EmbeddedExecutionTest {

    @TempDir private Path directory;

    @Test
    void awaitReturnsWhenEverythingIsWritten() throws Exception {
        TestSink<Integer> out = new TestSink<>();
        Execution execution =
                Waxwing.start(copy(TestSource.of(1, 2), out), EmbeddedOptions.defaults());

        execution.await();

        assertThat(out.committed()).containsExactly(1, 2);
        assertThat(execution.status()).isEqualTo(Execution.Status.COMPLETED);
    }

    @Test
    void awaitForALimitedTimeTellsWhetherItHasEnded() throws Exception {
        try (Execution execution =
                Waxwing.start(
                        copy(new EndlessSource(), new TestSink<>()), EmbeddedOptions.defaults())) {
            assertThat(execution.await(Duration.ofMillis(1))).isFalse();

            execution.stop(Runs.LIMIT);

            assertThat(execution.await(ChronoUnit.FOREVER.getDuration())).isTrue();
        }
    }

    @Test
    void failureIsToldAtEveryAwait() {
        Execution execution =
                Waxwing.start(
                        ProbeFlow.of(new Probe("map", new AssertionError("boom"))),
                        EmbeddedOptions.defaults());

        assertThat(Runs.failure(execution)).isNotNull().isSameAs(Runs.failure(execution));
        assertThat(execution.status()).isEqualTo(Execution.Status.FAILED);
        assertThat(execution.status().isFinal()).isTrue();
    }

    @Test
    void statusGoesFromStartingToRunningToStoppingToStopped() throws Exception {
        CountDownLatch mayStart = new CountDownLatch(1);
        EndlessSource source = new EndlessSource();
        Execution execution =
                Waxwing.start(
                        copy(source.startingAfter(mayStart), new TestSink<>()),
                        EmbeddedOptions.defaults());

        assertThat(execution.status()).isEqualTo(Execution.Status.STARTING);
        mayStart.countDown();
        Runs.await(source.flowing);
        assertThat(execution.status()).isEqualTo(Execution.Status.RUNNING);
        source.hold();
        execution.stop(Runs.LIMIT);
        assertThat(execution.status()).isEqualTo(Execution.Status.STOPPING);
        source.release();
        Runs.await(execution);
        assertThat(execution.status()).isEqualTo(Execution.Status.STOPPED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void countersAddUpWithAnyNumberOfWorkers(int workers) throws Exception {
        Dataflow flow = Dataflow.named("flow");
        TestSink<Integer> out = new TestSink<>();
        flow.input("in", partitions(8, 1_000))
                .transform("count", new CountKernel())
                .keyOn("key", number -> number % 10)
                .statefulMap(
                        "sum",
                        (Integer sum, Integer number) ->
                                dev.waxwing.state.StateUpdate.keep(number, number))
                .output("out", out);
        Execution execution = Waxwing.start(flow, EmbeddedOptions.defaults().withWorkers(workers));

        Runs.await(execution);

        assertThat(out.committed()).hasSize(8_000);
        assertThat(execution.counters().itemsIn()).isEqualTo(8_000);
        assertThat(execution.counters().itemsOut()).isEqualTo(8_000);
        assertThat(counters(execution, "flow.sum", StepCounters::keys)).isEqualTo(10);
        assertThat(counters(execution, "flow.sum", StepCounters::received)).isEqualTo(8_000);
        assertThat(userCounters(execution)).containsExactlyEntriesOf(Map.of("even", 4_000L));
    }

    @Test
    void partitionsAreSpreadEvenlyOverWorkers() throws Exception {
        Map<String, Set<Integer>> partitionsOf = new ConcurrentHashMap<>();
        Map<String, List<Integer>> partitions = new java.util.TreeMap<>();
        IntStream.range(0, 7).forEach(i -> partitions.put("p" + i, List.of(i, i, i)));
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.<Integer>partitions(partitions))
                .map(
                        "note",
                        partition -> {
                            String worker = Thread.currentThread().getName();
                            partitionsOf
                                    .computeIfAbsent(worker, name -> ConcurrentHashMap.newKeySet())
                                    .add(partition);
                            return partition;
                        })
                .output("out", TestSink.dynamic());

        Runs.run(flow, EmbeddedOptions.defaults().withWorkers(3));

        assertThat(partitionsOf.values()).extracting(Set::size).containsExactlyInAnyOrder(3, 2, 2);
        assertThat(partitionsOf.values().stream().flatMap(Set::stream))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void everyStepOfThePlanHasCounters() throws Exception {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", partitions(2, 10))
                .watermark(
                        "time",
                        number -> Instant.EPOCH,
                        WatermarkOptions.outOfOrderBy(Duration.ZERO))
                .mapAsync("call", CompletableFuture::completedFuture, AsyncOptions.defaults())
                .keyOn("key", number -> number)
                .dropKey("drop")
                .redistribute("spread")
                .output("out", TestSink.dynamic());
        Execution execution = Waxwing.start(flow, EmbeddedOptions.defaults().withWorkers(2));

        Runs.await(execution);

        assertThat(execution.counters().steps())
                .extracting(StepCounters::operatorName)
                .containsExactly(
                        "input",
                        "watermark",
                        "mapAsync",
                        "keyOn",
                        "dropKey",
                        "redistribute",
                        "output");
        assertThat(counters(execution, "flow.time", StepCounters::received)).isEqualTo(20);
        assertThat(counters(execution, "flow.call", StepCounters::received)).isEqualTo(20);
        assertThat(counters(execution, "flow.call", StepCounters::emitted)).isEqualTo(20);
    }

    @Test
    void countersTellTheEpochThatWasResumed() throws Exception {
        Dataflow flow = copy(TestSource.of(1, TestItems.endOfInput(), 2), new TestSink<>());
        Counters first = Waxwing.run(flow, recovering());
        Counters second = Waxwing.run(flow, recovering());

        assertThat(first.resumeEpoch()).isZero();
        assertThat(first.itemsIn()).isEqualTo(1);
        assertThat(second.resumeEpoch()).isEqualTo(first.decidedEpoch()).isPositive();
        assertThat(second.decidedEpoch()).isGreaterThan(second.resumeEpoch());
    }

    @Test
    void gracefulStopDecidesTheOpenEpochAndIsGoneOnFrom() throws Exception {
        EndlessSource source = new EndlessSource();
        TestSink<Integer> out = new TestSink<>();
        Queue<String> ends = new ConcurrentLinkedQueue<>();
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", source)
                .keyOn("key", number -> "all")
                .stateful(
                        "sum",
                        (dev.waxwing.state.LogicContext<String> context, Integer last) ->
                                new LastLogic(last, ends))
                .output("out", out);
        EmbeddedOptions options = recovering();
        Execution first = Waxwing.start(flow, options);
        Runs.await(source.flowing);

        first.stop(Runs.LIMIT);
        Runs.await(first);

        int read = out.committed().size();
        assertThat(first.status()).isEqualTo(Execution.Status.STOPPED);
        assertThat(first.counters().decidedEpoch()).isPositive();
        assertThat(out.committed()).isEqualTo(IntStream.range(0, read).boxed().toList());

        Execution second = Waxwing.start(flow, options);
        source.awaitRead(read + 10);
        second.stop(Runs.LIMIT);
        Runs.await(second);

        assertThat(out.committed())
                .isEqualTo(IntStream.range(0, out.committed().size()).boxed().toList())
                .hasSizeGreaterThan(read);
        assertThat(ends).isEmpty();
    }

    @Test
    void stopOfABlockedStepAbortsWhenTheTimeIsOver() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Probe probe = Probe.sound();
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", new ProbeSource(probe))
                .map(
                        "map",
                        number -> {
                            blocked.countDown();
                            never.await();
                            return number;
                        })
                .output("out", new ProbeSink.Dynamic(probe));
        Execution execution = Waxwing.start(flow, recovering().withWorkers(2));
        Runs.await(blocked);

        execution.stop(Duration.ofMillis(20));
        Runs.await(execution);

        assertThat(execution.status()).isEqualTo(Execution.Status.ABORTED);
        assertThat(execution.counters().decidedEpoch()).isZero();
        assertThat(probe.closed()).isEqualTo(probe.opened());
    }

    @Test
    void abortDecidesNothingAndClosesEverything() throws Exception {
        EndlessSource source = new EndlessSource();
        Probe probe = Probe.sound();
        Execution execution =
                Waxwing.start(
                        copy(source, new ProbeSink.Dynamic(probe)),
                        EmbeddedOptions.defaults()
                                .withRecovery(
                                        RecoveryOptions.in(directory)
                                                .withEpochInterval(Duration.ofHours(1))));
        Runs.await(source.flowing);

        execution.abort();
        Runs.await(execution);

        assertThat(execution.status()).isEqualTo(Execution.Status.ABORTED);
        assertThat(execution.counters().decidedEpoch()).isZero();
        assertThat(probe.closed()).isEqualTo(probe.opened()).hasSize(1);
        assertThat(source.closed).hasValue(1);
    }

    @Test
    void abortAfterTheEndChangesNothing() throws Exception {
        Execution execution =
                Waxwing.start(copy(TestSource.of(1), new TestSink<>()), EmbeddedOptions.defaults());
        Runs.await(execution);

        execution.abort();
        execution.stop(Duration.ZERO);

        assertThat(execution.status()).isEqualTo(Execution.Status.COMPLETED);
    }

    @Test
    void closeMayBeCalledAgain() {
        EndlessSource source = new EndlessSource();
        Execution execution =
                Waxwing.start(copy(source, new TestSink<>()), EmbeddedOptions.defaults());

        execution.close();
        execution.close();

        assertThat(execution.status()).isEqualTo(Execution.Status.STOPPED);
        assertThat(source.closed).hasValue(1);
    }

    @Test
    void stopDuringTheStartStopsAfterIt() throws Exception {
        CountDownLatch mayStart = new CountDownLatch(1);
        EndlessSource source = new EndlessSource();
        Execution execution =
                Waxwing.start(copy(source.startingAfter(mayStart), new TestSink<>()), recovering());

        execution.stop(Runs.LIMIT);
        mayStart.countDown();
        Runs.await(execution);

        assertThat(execution.status()).isEqualTo(Execution.Status.STOPPED);
    }

    @Test
    void negativeTimeIsRefused() {
        try (Execution execution =
                Waxwing.start(
                        copy(new EndlessSource(), new TestSink<>()), EmbeddedOptions.defaults())) {
            assertThatThrownBy(() -> execution.stop(Duration.ofSeconds(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("zero or longer, but was PT-1S");
        }
    }

    @Test
    void stopForeverIsAStopWithoutALimit() throws Exception {
        Execution execution =
                Waxwing.start(
                        copy(new EndlessSource(), new TestSink<>()), EmbeddedOptions.defaults());

        execution.stop(ChronoUnit.FOREVER.getDuration());
        Runs.await(execution);

        assertThat(execution.status()).isEqualTo(Execution.Status.STOPPED);
    }

    @Test
    void severalDataflowsRunAtTheSameTime() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        TestSink<Integer> left = new TestSink<>();
        TestSink<Integer> right = new TestSink<>();
        Execution first = Waxwing.start(meeting("left", both, left), recovering("left"));
        Execution second = Waxwing.start(meeting("right", both, right), recovering("right"));

        Runs.await(first);
        Runs.await(second);

        assertThat(left.committed()).containsExactly(1);
        assertThat(right.committed()).containsExactly(1);
    }

    @Test
    void oneDataflowRunsTwiceAtTheSameTimeWithDirectoriesOfTheirOwn() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        TestSink.Repeating<Integer> out = TestSink.dynamic();
        Dataflow flow = meeting("flow", both, out);
        Execution first = Waxwing.start(flow, recovering("first"));
        Execution second = Waxwing.start(flow, recovering("second"));

        Runs.await(first);
        Runs.await(second);

        assertThat(out.all()).containsExactly(1, 1);
    }

    @Test
    void directoryInUseIsRefused() throws Exception {
        EndlessSource source = new EndlessSource();
        Dataflow flow = copy(source, new TestSink<>());
        try (Execution first = Waxwing.start(flow, recovering())) {
            Runs.await(source.flowing);

            assertThat(Runs.failure(flow, recovering()))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("is in use by process")
                    .hasMessageContaining(directory.toString());
            assertThat(first.status()).isEqualTo(Execution.Status.RUNNING);
        }
    }

    @Test
    void threadsHaveTheClassLoaderOfTheCaller() throws Exception {
        Set<ClassLoader> seen = ConcurrentHashMap.newKeySet();
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", partitions(2, 10))
                .map(
                        "map",
                        number -> {
                            seen.add(Thread.currentThread().getContextClassLoader());
                            return number;
                        })
                .output("out", new TestSink<>());
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[0], own)) {
            Thread.currentThread().setContextClassLoader(loader);
            Runs.run(flow, EmbeddedOptions.defaults().withWorkers(2));

            assertThat(seen).containsExactly(loader);
        } finally {
            Thread.currentThread().setContextClassLoader(own);
        }
    }

    @Test
    void noThreadIsLeftBehind() throws Exception {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        Dataflow flow = Dataflow.named("leaving");
        flow.input("in", partitions(3, 10))
                .map(
                        "map",
                        number -> {
                            seen.add(Thread.currentThread());
                            return number;
                        })
                .output("out", new TestSink<>());

        Runs.run(flow, recovering().withWorkers(3));

        for (Thread thread : seen) {
            thread.join(Runs.LIMIT.toMillis());
        }
        assertThat(seen).hasSize(3).noneMatch(Thread::isAlive);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("waxwing leaving")) {
                thread.join(Runs.LIMIT.toMillis());
            }
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("waxwing leaving"));
    }

    @Test
    void interruptOfTheCallerStopsGracefully() throws Exception {
        EndlessSource source = new EndlessSource();
        Dataflow flow = copy(source, new TestSink<>());
        Queue<String> told = new ConcurrentLinkedQueue<>();
        Thread caller =
                new Thread(
                        () -> {
                            try {
                                Waxwing.run(flow, EmbeddedOptions.defaults());
                            } catch (DataflowException e) {
                                if (Thread.interrupted()) {
                                    told.add(e.getMessage());
                                }
                            }
                        });
        caller.start();
        Runs.await(source.flowing);

        caller.interrupt();
        caller.join(Runs.LIMIT.toMillis());

        assertThat(told)
                .containsExactly("dataflow '" + flow.name() + "' was stopped by an interrupt");
        assertThat(source.closed).hasValue(1);
    }

    private EmbeddedOptions recovering() {
        return recovering(".");
    }

    private EmbeddedOptions recovering(String name) {
        return EmbeddedOptions.defaults()
                .withRecovery(
                        RecoveryOptions.in(directory.resolve(name).normalize())
                                .withEpochInterval(Duration.ofMillis(5)));
    }

    private static Dataflow copy(
            dev.waxwing.source.Source<Integer> source, dev.waxwing.sink.Sink<? super Integer> out) {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", source).output("out", out);
        return flow;
    }

    /* An item that waits for that of another execution. */
    private static Dataflow meeting(
            String name, CountDownLatch both, dev.waxwing.sink.Sink<Integer> out) {
        Dataflow flow = Dataflow.named(name);
        flow.input("in", TestSource.of(1))
                .map(
                        "meet",
                        number -> {
                            both.countDown();
                            Runs.await(both);
                            return number;
                        })
                .output("out", out);
        return flow;
    }

    private static TestSource<Integer> partitions(int partitions, int items) {
        Map<String, List<Integer>> all = new java.util.TreeMap<>();
        for (int i = 0; i < partitions; i++) {
            all.put("p" + i, IntStream.range(0, items).boxed().toList());
        }
        return TestSource.<Integer>partitions(all).withBatchItems(100);
    }

    private static long counters(
            Execution execution,
            String stepId,
            java.util.function.ToLongFunction<StepCounters> counter) {
        return execution.counters().steps().stream()
                .filter(step -> step.stepId().startsWith(stepId))
                .mapToLong(counter)
                .sum();
    }

    private static Map<String, Long> userCounters(Execution execution) {
        Map<String, Long> all = new java.util.TreeMap<>();
        execution.counters().steps().forEach(step -> all.putAll(step.user()));
        return all;
    }

    /** Counts even numbers. */
    private static final class CountKernel implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private transient StepContext context;

        @Override
        public void open(StepContext opened) {
            context = opened;
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            if (item % 2 == 0) {
                context.count("even", 1);
            }
            out.emit(item);
        }
    }
}
