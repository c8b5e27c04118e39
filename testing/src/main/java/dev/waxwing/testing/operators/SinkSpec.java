package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.endOfInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.internal.CanonicalText;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.Sink;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.step.BatchOptions;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TransactionalTarget;
import dev.waxwing.testing.TwoPhaseTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What {@code output} does with a sink on any runner. */
public abstract class SinkSpec extends OperatorSpec {

    @Test
    void keyChoosesThePartitionByTheOrderOfTheList() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    var sink = new RecordedSink("c", "a", "b");

                    run(world, sink, 0, 1, 2, 3, 4);

                    assertThat(sink.calls("write"))
                            .containsExactlyInAnyOrder(
                                    "write c 0",
                                    "write a 1",
                                    "write b 2",
                                    "write c 3",
                                    "write a 4");
                });
    }

    @Test
    void negativePartitionNumbersCountFromTheEnd() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    var sink = new RecordedSink("a", "b", "c");

                    run(world, sink, -1, -3);

                    assertThat(sink.calls("write"))
                            .containsExactlyInAnyOrder("write c -1", "write a -3");
                });
    }

    @Test
    void sameKeyGoesToTheSamePartitionOnEveryRunnerAndWorkerCount() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    var sink = new ByDefault();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<String>source("a", "b", "a", "c"))
                            .redistribute("spread")
                            .keyOn("key", key -> key)
                            .output("out", sink);

                    world.run(flow);

                    assertThat(sink.writes)
                            .containsExactlyInAnyOrder(
                                    placeOf("a"), placeOf("a"), placeOf("b"), placeOf("c"));
                });
    }

    @Test
    void keyedStreamEndsInASinkOfAnyKind() {
        inEachMode(
                world -> {
                    var fixed = new TestSink<Integer>();
                    var places = new PlaceSink();
                    var rows = new TransactionalTarget<Integer>("a", "b");
                    var flow = Dataflow.named("flow");
                    var keyed =
                            flow.input("in", world.<Integer>source(1, 2, 3))
                                    .keyOn("key", n -> "key" + n);
                    for (Sink<Integer> sink : List.of(fixed, places, rows)) {
                        keyed.output(sink.contract().name(), sink);
                    }

                    world.run(flow);

                    assertThat(fixed.committed()).containsExactlyInAnyOrder(1, 2, 3);
                    assertThat(places.calls).contains("write");
                    assertThat(rows.rows()).containsExactlyInAnyOrder(1, 2, 3);
                });
    }

    @Test
    void partitionThatGetsNothingIsNotBuilt() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    var sink = new RecordedSink("a", "b", "c");

                    run(world, sink, 1, 1);

                    assertThat(sink.calls("build")).containsExactly("build b null");
                });
    }

    @Test
    void onlyPartitionsThatWereWrittenAreSnapshotted() {
        inModes(
                mode ->
                        mode.epochAfterEachBatch()
                                && mode.sourceBatchItems() == 1
                                && !mode.restoreAfterEachBatch(),
                world -> {
                    var sink = new RecordedSink("a", "b");

                    run(world, sink, 0, 1, 1, 1, 1, 1);

                    /* One for its epoch, at most one more at the end of input. */
                    assertThat(sink.calls("snapshot a")).hasSizeBetween(1, 2);
                });
    }

    @Test
    void batchedItemsAreAllWrittenBeforeTheirEpochIsDecided() {
        inEachMode(
                world -> {
                    var written = new TestSink<Integer>();
                    var staged = new TwoPhaseTarget<Integer>("a");
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, crash(), 3, 4, 5, crash(), 6, 7))
                            .outputs("all", Map.of("written", written, "staged", staged))
                            .values()
                            .forEach(
                                    output ->
                                            output.batched(
                                                    BatchOptions.upTo(3, Duration.ofDays(1))));

                    world.run(flow);

                    assertThat(written.committed()).containsExactly(1, 2, 3, 4, 5, 6, 7);
                    assertThat(staged.items()).containsExactly(1, 2, 3, 4, 5, 6, 7);
                });
    }

    @Test
    void partitionHearsOfEachPositionThatIsDecided() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    var sink = new RecordedSink("a");

                    run(world, sink, 10, 20, 30);

                    assertThat(sink.calls("decided").stream().map(SinkSpec::position).toList())
                            .isEqualTo(
                                    sink.calls("snapshot").stream()
                                            .map(SinkSpec::position)
                                            .toList());
                    assertThat(sink.calls)
                            .containsSubsequence("write a 30", "snapshot a 3", "decided a 3");
                });
    }

    @Test
    void resumedPartitionIsBuiltWithItsStateBeforeAnyWrite() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    var sink = new RecordedSink("a");

                    run(world, sink, 10, 20, endOfInput(), 30);

                    assertThat(sink.calls)
                            .containsSubsequence(
                                    "build a null",
                                    "write a 10",
                                    "write a 20",
                                    "end a",
                                    "close a",
                                    "build a 2",
                                    "write a 30",
                                    "end a",
                                    "close a");
                });
    }

    @Test
    void partitionIsClosedOnceAfterTheEndOfInput() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    var sink = new RecordedSink("a", "b");

                    run(world, sink, 0, 1);

                    assertThat(sink.calls("end")).containsExactlyInAnyOrder("end a", "end b");
                    assertThat(sink.calls("close")).containsExactlyInAnyOrder("close a", "close b");
                });
    }

    @Test
    void crashClosesWithoutAnEndOfInput() {
        inModes(
                mode -> !mode.restoreAfterEachBatch() && mode.workers() == 1,
                world -> {
                    var sink = new RecordedSink("a");

                    run(world, sink, 0, crash(), 1);

                    assertThat(sink.calls("end")).hasSize(1);
                    assertThat(sink.calls("close")).hasSameSizeAs(sink.calls("build"));
                });
    }

    @Test
    void changedListOfPartitionsIsRefused() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    run(world, new RecordedSink("a", "b"), 0, 1);

                    Throwable failure =
                            catchThrowable(() -> run(world, new RecordedSink("a", "b", "c"), 0));

                    assertThat(failure)
                            .hasMessageContaining("step 'flow.out'")
                            .hasMessageContaining("[a, b, c]");
                });
    }

    @Test
    void plainStreamIntoSeveralPartitionsIsRefused() {
        inEachMode(
                world -> {
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1))
                            .output("out", new RecordedSink("a", "b"));

                    Throwable failure = catchThrowable(() -> world.run(flow));

                    assertThat(failure)
                            .hasMessageContaining("step 'flow.out'")
                            .hasMessageContaining("keyed stream");
                });
    }

    @Test
    void plainStreamIntoOnePartitionIsFine() {
        given(1, 2, 3).through(numbers -> numbers).expect(1, 2, 3);
    }

    @Test
    void dynamicSinkGetsEveryItemOnce() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    var sink = TestSink.<Integer>dynamic();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, 3, 4))
                            .redistribute("spread")
                            .output("out", sink);

                    world.run(flow);

                    assertThat(sink.all()).containsExactlyInAnyOrder(1, 2, 3, 4);
                });
    }

    @Test
    void dynamicSinkTakesTheValuesOfAKeyedStream() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    var sink = TestSink.<Integer>dynamic();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2))
                            .keyOn("key", n -> "a")
                            .output("out", sink);

                    world.run(flow);

                    assertThat(sink.all()).containsExactlyInAnyOrder(1, 2);
                });
    }

    @Test
    void epochIsDecidedOnlyAfterDynamicSinksHaveWrittenIt() {
        inEachMode(
                world -> {
                    var sink = TestSink.<Integer>dynamic();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, crash(), 2, crash(), 3, crash(), 4))
                            .output("out", sink);

                    world.run(flow);

                    assertThat(sink.all()).contains(1, 2, 3, 4);
                });
    }

    @Test
    void dynamicSinkIsBuiltAndClosedOnEveryWorker() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    var sink = new PlaceSink();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1)).output("out", sink);

                    world.run(flow);

                    int workers = world.mode().workers();
                    assertThat(sink.calls.stream().filter(call -> call.startsWith("build")))
                            .hasSize(workers)
                            .doesNotHaveDuplicates();
                    assertThat(sink.calls.stream().filter("end"::equals)).hasSize(workers);
                    assertThat(sink.calls.stream().filter("close"::equals)).hasSize(workers);
                });
    }

    @Test
    void failureOfAWriteNamesTheStep() {
        inEachMode(
                world -> {
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1)).output("out", new FailingSink());

                    Throwable failure = catchThrowable(() -> world.run(flow));

                    assertThat(failure)
                            .hasMessageContaining("step 'flow.out': writeBatch")
                            .hasMessageContaining("disk on fire");
                });
    }

    @Test
    void epochIsNotDecidedIfAPartitionMissesWhatItHasWritten() {
        inEachMode(
                world -> {
                    var sink = new RecordedSink("a").losingWhatItWrites();

                    Throwable failure = catchThrowable(() -> run(world, sink, 1, 2));

                    assertThat(failure)
                            .hasMessageContaining("step 'flow.out': check of partition 'a'")
                            .hasMessageContaining("its file is gone");
                    assertThat(sink.calls("decided")).isEmpty();
                });
    }

    private static String position(String call) {
        return call.substring(call.lastIndexOf(' ') + 1);
    }

    private static void run(SpecWorld world, RecordedSink sink, Integer first, Object... rest)
            throws Exception {
        var flow = Dataflow.named("flow");
        flow.input("in", world.<Integer>source(first, rest))
                .keyOn("key", n -> "key" + n)
                .output("out", sink);
        world.run(flow);
        if (List.of(rest).contains(endOfInput())) {
            world.run(flow);
        }
    }

    private static String placeOf(String key) {
        return key + " in " + Math.floorMod(CanonicalText.adler32(key), 3);
    }

    /** Three partitions, chosen by default. */
    private static final class ByDefault implements FixedPartitionedSink<String, String, Integer> {

        private static final long serialVersionUID = 1L;

        final Queue<String> writes = new ConcurrentLinkedQueue<>();

        @Override
        public List<String> listParts() {
            return List.of("0", "1", "2");
        }

        @Override
        public dev.waxwing.sink.StatefulSinkPartition<String, Integer> buildPart(
                String stepId,
                String forPart,
                @org.jspecify.annotations.Nullable Integer resumeState) {
            return new dev.waxwing.sink.StatefulSinkPartition<>() {
                @Override
                public void writeBatch(List<String> values) {
                    values.forEach(value -> writes.add(value + " in " + forPart));
                }

                @Override
                public Integer snapshot() {
                    return 0;
                }
            };
        }
    }

    /** Records its life on each worker. */
    private static final class PlaceSink implements DynamicSink<Integer> {

        private static final long serialVersionUID = 1L;

        final Queue<String> calls = new ConcurrentLinkedQueue<>();

        @Override
        public StatelessSinkPartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            calls.add("build " + stepId + " " + workerIndex + " of " + workerCount);
            return new StatelessSinkPartition<>() {
                @Override
                public void writeBatch(List<Integer> items) {
                    calls.add("write");
                }

                @Override
                public void onEndOfInput() {
                    calls.add("end");
                }

                @Override
                public void close() {
                    calls.add("close");
                }
            };
        }
    }

    private static final class FailingSink implements DynamicSink<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public StatelessSinkPartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            return items -> failWith("disk on fire");
        }
    }
}
