package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.function.AsyncMapper;
import dev.waxwing.kernel.Emitter;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.PollingSource;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.BatchOptions;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told when code of users and connectors fails, and that nothing is left open. */
final class ErrorTest {

    private static final String POINTS =
            """
            source.listParts        | flow.in             | listParts threw
            source.buildPart        | flow.in             | buildPart of partition 'p[01]' threw
            source.firstNextAwake   | flow.in             | nextAwake of partition 'p[01]' threw
            source.nextAwake        | flow.in             | nextAwake of partition 'p[01]' threw
            source.nextBatch        | flow.in             | nextBatch of partition 'p[01]' threw
            source.snapshot         | flow.in             | snapshot of partition 'p[01]' threw
            dynamicSource.build     | flow.dynamic-in     | build threw
            dynamicSource.nextBatch | flow.dynamic-in     | nextBatch of partition 'worker [01]' threw
            timestamp               | flow.time           | the timestamp function threw
            map                     | flow.map            | the function threw
            flatMap                 | flow.flat-map       | the function threw
            flatMap.hasNext         | flow.flat-map       | the function threw
            flatMap.next            | flow.flat-map       | the function threw
            flatMapBatch            | flow.flat-map-batch | the function threw
            filter                  | flow.filter         | the function threw
            filterMap               | flow.filter-map     | the function threw
            kernel.open             | flow.kernel         | open threw
            kernel.onItem           | flow.kernel         | the function threw
            kernel.onActivationEnd  | flow.kernel         | the function threw
            key                     | flow.key            | the key function threw
            mapValue                | flow.map-value      | threw .* for key 'k[01]'
            logic.builder           | flow.logic          | the builder threw .* for key 'k[01]'
            logic.onItem            | flow.logic          | onItem threw .* for key 'k[01]'
            logic.onActivationEnd   | flow.logic          | onActivationEnd threw .* for key 'k[01]'
            logic.onNotify          | flow.logic          | onNotify threw .* for key 'k[01]'
            logic.onEndOfInput      | flow.logic          | onEndOfInput threw .* for key 'k[01]'
            logic.notifyAt          | flow.logic          | notifyAt threw .* for key 'k[01]'
            logic.snapshot          | flow.logic          | snapshot threw .* for key 'k[01]'
            statefulMap             | flow.stateful-map   | threw .* for key 'k[01]'
            fold.initial            | flow.fold           | threw .* for key 'k[01]'
            fold.folder             | flow.fold           | threw .* for key 'k[01]'
            async.call              | flow.async          | the call threw .* for key 'k[01]'
            entry                   | flow.entry          | threw .* for key 'k[01]'
            sink.listParts          | flow.out            | listParts threw
            sink.partFn             | flow.out            | partFn threw .* for key 'k[01]'
            sink.buildPart          | flow.out            | partition 's[01]' threw
            sink.writeBatch         | flow.out            | writeBatch of partition 's[01]' threw
            sink.snapshot           | flow.out            | snapshot of partition 's[01]' threw
            sink.force              | flow.out            | force of partition 's[01]' threw
            sink.onEndOfInput       | flow.out            | onEndOfInput of partition 's[01]' threw
            dynamicSink.build       | flow.dynamic-out    | partition 'worker [01]' threw
            dynamicSink.writeBatch  | flow.dynamic-out    | writeBatch of partition 'worker [01]' threw
            dynamicSink.onEndOfInput| flow.dynamic-out    | onEndOfInput of partition 'worker [01]' threw
            """;

    private static final String CLOSINGS =
            """
            source.close            | flow.in             | close of partition 'p[01]' threw
            dynamicSource.close     | flow.dynamic-in     | close of partition 'worker [01]' threw
            kernel.close            | flow.kernel         | close threw
            sink.close              | flow.out            | close of partition 's[01]' threw
            dynamicSink.close       | flow.dynamic-out    | close of partition 'worker [01]' threw
            """;

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource(textBlock = POINTS, delimiter = '|')
    void failureNamesStepAndPlaceWithOneWorker(String point, String stepId, String message) {
        check(point, stepId, message, new IOException("boom"), 1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = POINTS, delimiter = '|')
    void failureNamesStepAndPlaceWithTwoWorkers(String point, String stepId, String message) {
        check(point, stepId, message, new IOException("boom"), 2);
    }

    @ParameterizedTest
    @CsvSource(textBlock = POINTS, delimiter = '|')
    void errorsAreFailuresLikeOthers(String point, String stepId, String message) {
        check(point, stepId, message, new AssertionError("boom"), 2);
    }

    @ParameterizedTest
    @CsvSource(textBlock = CLOSINGS, delimiter = '|')
    void whatCannotBeClosedAfterTheLastEpochIsToldAndNoFailure(
            String point, String stepId, String message) throws Exception {
        IOException cause = new IOException("boom");
        Probe probe = new Probe(point, cause);
        EmbeddedOptions restarting = options(2).withRestarts(RestartPolicy.upTo(3));
        Execution execution = Waxwing.start(ProbeFlow.of(probe), restarting);

        Runs.await(execution);

        assertThat(execution.status()).isEqualTo(Execution.Status.COMPLETED);
        DataflowException told = execution.closingFailure().orElseThrow();
        assertThat(told.stepId()).isEqualTo(stepId);
        assertThat(told).message().containsPattern(message);
        assertThat(told).cause().isSameAs(cause);
        assertThat(probe.closed()).isEqualTo(probe.opened());
        assertThat(probe.closed().values()).containsOnly(1);
    }

    @Test
    void failureOfTheThreadOfAPartitionThatClosesIsToldAndNoFailure() throws Exception {
        Probe probe = new Probe("source.close", new AssertionError("boom"));
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", ProbeSource.blocking(probe)).output("out", new TestSink<>());
        Execution execution = Waxwing.start(flow, options(2));

        Runs.await(execution);

        assertThat(execution.status()).isEqualTo(Execution.Status.COMPLETED);
        assertThat(execution.closingFailure())
                .get(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("close of partition 'p");
    }

    @Test
    void nothingToTellOfWhatWasClosed() throws Exception {
        Execution execution = Waxwing.start(ProbeFlow.of(Probe.sound()), options(1));

        Runs.await(execution);

        assertThat(execution.closingFailure()).isEmpty();
    }

    @Test
    void kernelThatWasNotOpenedIsNotClosed() {
        Queue<String> calls = new ConcurrentLinkedQueue<>();
        Stream<Integer> kernels =
                numbers()
                        .transform("first", new Unopened(calls))
                        .transform("second", new Unopened(calls));

        assertThat(failure(kernels)).hasMessageContaining("open threw").cause().hasMessage("boom");
        assertThat(calls).containsExactly("open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"map", "logic.onItem", "sink.writeBatch", "source.nextBatch"})
    void stackOverflowIsAFailureLikeOthers(String point) {
        StackOverflowError cause = new StackOverflowError();

        DataflowException failure =
                Runs.failure(ProbeFlow.of(new Probe(point, cause)), EmbeddedOptions.defaults());

        assertThat(failure).isInstanceOf(StepFailedException.class).cause().isSameAs(cause);
    }

    @ParameterizedTest
    @ValueSource(strings = {"source.nextBatch", "source.nextAwake", "source.snapshot"})
    void failureOnAThreadOfAPartitionIsToldToo(String point) {
        AssertionError cause = new AssertionError("boom");
        Probe probe = new Probe(point, cause);
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", ProbeSource.blocking(probe)).output("out", new TestSink<>());

        DataflowException failure = Runs.failure(flow, options(2));

        assertThat(failure.stepId()).isEqualTo("flow.in");
        assertThat(failure).hasMessageContaining(" of partition 'p").cause().isSameAs(cause);
        assertThat(probe.closed()).isEqualTo(probe.opened());
    }

    @Test
    void realStackOverflowIsAFailureLikeOthers() {
        DataflowException failure = failure(numbers().map("deep", ErrorTest::deeper));

        assertThat(failure).cause().isInstanceOf(StackOverflowError.class);
        assertThat(failure.stepId()).isEqualTo("flow.deep");
    }

    @Test
    void soundDataflowClosesEverythingOnce() throws Exception {
        Probe probe = Probe.sound();

        Runs.run(ProbeFlow.of(probe), options(2));

        assertThat(probe.closed()).isEqualTo(probe.opened()).hasSize(10);
        assertThat(probe.closed().values()).containsOnly(1);
    }

    @Test
    void failedStageOfACallIsUnwrapped() {
        IOException cause = new IOException("boom");

        assertThat(async(item -> CompletableFuture.failedFuture(cause))).cause().isSameAs(cause);
        assertThat(async(item -> CompletableFuture.failedFuture(new CompletionException(cause))))
                .cause()
                .isSameAs(cause);
    }

    @Test
    void callWithoutAStageOrAResultNamesTheStep() {
        assertThat(async(item -> null)).hasMessageContaining("the call returned null");
        assertThat(async(item -> CompletableFuture.completedFuture(null)))
                .hasMessageContaining("null item");
    }

    @Test
    void callThatTakesTooLongNamesStepAndItem() {
        assertThat(async(item -> new CompletableFuture<>()))
                .hasMessageContaining("step 'flow.call'")
                .hasMessageContaining("for item 1 has not completed within PT0.05S");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void failureDownstreamIsNotSwallowedUpstream(boolean wrap) {
        IOException cause = new IOException("boom");
        Stream<Integer> swallowed =
                numbers()
                        .transform("swallow", new Swallow(wrap))
                        .map(
                                "bad",
                                number -> {
                                    throw cause;
                                });

        DataflowException failure = failure(swallowed);

        assertThat(failure.stepId()).isEqualTo("flow.bad");
        assertThat(failure).cause().isSameAs(cause);
    }

    @Test
    void failureOfOneWorkerEndsOthersThatAreBlocked() {
        CountDownLatch never = new CountDownLatch(1);
        Dataflow flow = Dataflow.named("flow");
        CountDownLatch blocked = new CountDownLatch(1);
        flow.input("in", TestSource.partitions(Map.of("a", List.of(0), "b", List.of(1))))
                .map(
                        "map",
                        number -> {
                            if (number.equals(0)) {
                                blocked.countDown();
                                never.await();
                            }
                            Runs.await(blocked);
                            throw new IOException("boom");
                        })
                .output("out", new TestSink<>());

        assertThat(Runs.failure(flow, EmbeddedOptions.defaults().withWorkers(2)))
                .cause()
                .hasMessage("boom");
    }

    @Test
    void partitionsThatAreNullNameTheStep() {
        Dataflow source = Dataflow.named("flow");
        source.input("in", new NullSource()).output("out", new TestSink<>());
        assertThat(Runs.failure(source, EmbeddedOptions.defaults()))
                .hasMessageContaining("step 'flow.in': buildPart of partition 'p0' threw")
                .hasMessageContaining("buildPart returned null");

        Dataflow sink = Dataflow.named("flow");
        sink.input("in", TestSource.of(1))
                .output("out", (DynamicSink<Integer>) (step, index, count) -> null);
        assertThat(Runs.failure(sink, EmbeddedOptions.defaults()))
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("build returned null");
    }

    @Test
    void nullStatusOfABatchNamesThePartition() {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", (DynamicSource<Integer>) (step, index, count) -> out -> null)
                .output("out", new TestSink<>());

        assertThat(Runs.failure(flow, EmbeddedOptions.defaults()))
                .hasMessageContaining("nextBatch of partition 'worker 0'")
                .hasMessageContaining("returned null");
    }

    @Test
    void sizeOfABatchThatThrowsNamesStepAndCause() {
        var boom = new IOException("boom");
        BatchOptions bySize =
                BatchOptions.upTo(10, Duration.ofSeconds(1))
                        .withBytesMax(
                                1_000,
                                (Integer item) -> {
                                    throw boom;
                                });
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1)).output("out", new TestSink<>()).batched(bySize);

        DataflowException failure = Runs.failure(flow, EmbeddedOptions.defaults());

        assertThat(failure)
                .hasMessageContaining("step 'flow.out': the size of a batch threw")
                .cause()
                .isSameAs(boom);
    }

    @Test
    void pollThatThrowsNamesStepAndPartition() {
        var boom = new IOException("boom");
        var flow = Dataflow.named("flow");
        flow.input(
                        "in",
                        PollingSource.<Integer>every(
                                Duration.ofSeconds(1),
                                () -> {
                                    throw boom;
                                }))
                .output("out", new TestSink<>());

        DataflowException failure = Runs.failure(flow, EmbeddedOptions.defaults());

        assertThat(failure)
                .hasMessageContaining("step 'flow.in': nextBatch of partition 'singleton' threw")
                .cause()
                .isSameAs(boom);
    }

    private void check(String point, String stepId, String message, Throwable cause, int workers) {
        Probe probe = new Probe(point, cause);

        DataflowException failure = Runs.failure(ProbeFlow.of(probe), options(workers));

        assertThat(failure).isInstanceOf(StepFailedException.class);
        assertThat(failure.stepId()).isEqualTo(stepId);
        assertThat(failure).message().contains("step '" + stepId + "'").containsPattern(message);
        assertThat(failure).cause().isSameAs(cause);
        assertThat(probe.closed()).isEqualTo(probe.opened());
        assertThat(probe.closed().values()).allMatch(times -> times == 1);
    }

    private EmbeddedOptions options(int workers) {
        return EmbeddedOptions.defaults()
                .withWorkers(workers)
                .withRecovery(RecoveryOptions.in(directory).withEpochInterval(Duration.ZERO));
    }

    private static DataflowException async(AsyncMapper<Integer, Integer> call) {
        AsyncOptions options = AsyncOptions.defaults().withTimeout(Duration.ofMillis(50));
        DataflowException failure = failure(numbers().mapAsync("call", call, options));
        assertThat(failure).isInstanceOf(StepFailedException.class);
        assertThat(failure.stepId()).isEqualTo("flow.call");
        return failure;
    }

    private static Stream<Integer> numbers() {
        return Dataflow.named("flow").input("in", TestSource.of(1));
    }

    private static DataflowException failure(Stream<Integer> stream) {
        stream.output("out", new TestSink<>());
        return Runs.failure(stream.flow(), EmbeddedOptions.defaults());
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    /** Catches whatever comes back from downstream. */
    private static final class Swallow implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final boolean wrap;

        Swallow(boolean wrap) {
            this.wrap = wrap;
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            emit(item, out);
        }

        private void emit(Integer item, Emitter<? super Integer> out) {
            try {
                out.emit(item);
            } catch (RuntimeException e) {
                if (wrap) {
                    throw new IllegalStateException("something went wrong", e);
                }
            }
        }
    }

    /** Cannot be opened. */
    private static final class Unopened implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final transient Queue<String> calls;

        Unopened(Queue<String> calls) {
            this.calls = calls;
        }

        @Override
        public void open(StepContext context) throws IOException {
            calls.add("open");
            throw new IOException("boom");
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            out.emit(item);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    private static final class NullSource implements FixedPartitionedSource<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public List<String> listParts() {
            return List.of("p0");
        }

        @Override
        @SuppressWarnings("NullAway") // that is the point
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) {
            return null;
        }
    }
}
