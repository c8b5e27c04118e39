package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.endOfInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.Source;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code input} does with a source on any runner. */
public abstract class SourceSpec extends OperatorSpec {

    @Test
    void everyPartitionIsReadOnce() {
        Map<String, List<Integer>> parts = new LinkedHashMap<>();
        parts.put("a", List.of(1, 2));
        parts.put("b", List.of(3));
        parts.put("c", List.of());
        parts.put("d", List.of(4, 5, 6));
        parts.put("e", List.of(7));
        inEachMode(
                world ->
                        assertThat(run(world, TestSource.<Integer>partitions(parts)))
                                .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7));
    }

    @Test
    void executionEndsWhenAllInputHasEnded() {
        givenAll(List.of()).through(items -> items).expectNothing();
    }

    @Test
    void partitionIsClosedOnceAfterItsEnd() {
        inEachMode(
                world -> {
                    RecordedSource source = RecordedSource.items(world, 2);

                    run(world, source);

                    assertThat(source.calls).containsExactly("build flow.in numbers null", "close");
                });
    }

    @Test
    void partitionIsClosedOnceAfterAFailure() {
        inEachMode(
                world -> {
                    RecordedSource source = RecordedSource.items(world, 2);
                    var flow = Dataflow.named("flow");
                    flow.input("in", source)
                            .<Integer>map("bad", n -> failWith("boom"))
                            .output("out", new TestSink<Integer>());

                    Throwable failure = catchThrowable(() -> world.run(flow));

                    assertThat(failure).hasMessageContaining("boom");
                    assertThat(source.calls).containsExactly("build flow.in numbers null", "close");
                });
    }

    @Test
    void partitionIsNotReadBeforeItIsAwake() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    Duration interval = Duration.ofMillis(20);
                    var source = new RecordedSource(world.clock(), 5, 0, interval);

                    assertThat(run(world, source)).containsExactly(0, 1, 2, 3, 4);

                    assertThat(gaps(source)).allMatch(gap -> gap.compareTo(interval) >= 0);
                });
    }

    @Test
    void emptyPartitionIsPolledAboutEachMillisecond() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    var source = new RecordedSource(world.clock(), 0, 50, Duration.ZERO);

                    run(world, source);

                    assertThat(source.reads).hasSize(51);
                    assertThat(gaps(source).stream().reduce(Duration.ZERO, Duration::plus))
                            .isGreaterThan(Duration.ofMillis(25));
                });
    }

    @Test
    void resumeStateIsTheLastSnapshot() {
        inModes(
                mode -> mode.epochAfterEachBatch() && !mode.restoreAfterEachBatch(),
                world -> {
                    RecordedSource source = RecordedSource.items(world, 3);
                    run(world, source);
                    source.calls.clear();

                    run(world, source);

                    assertThat(source.calls).containsExactly("build flow.in numbers 3", "close");
                });
    }

    @Test
    void partitionThatIsNewOnAResumeStartsAtItsBeginning() {
        inEachMode(
                world -> {
                    run(world, TestSource.partitions(Map.of("a", List.of(1, 2))));

                    assertThat(
                                    run(
                                            world,
                                            TestSource.<Integer>partitions(
                                                    Map.of(
                                                            "a",
                                                            List.of(1, 2),
                                                            "b",
                                                            List.of(10, 20)))))
                            .endsWith(10, 20)
                            .doesNotHaveDuplicates();
                });
    }

    @Test
    void partitionThatHasVanishedIsNamed() {
        inEachMode(
                world -> {
                    run(world, TestSource.partitions(Map.of("gone", List.of(1))));

                    Throwable failure =
                            catchThrowable(
                                    () ->
                                            run(
                                                    world,
                                                    TestSource.partitions(
                                                            Map.of("other", List.of(1)))));

                    assertThat(failure)
                            .hasMessageContaining("step 'flow.in'")
                            .hasMessageContaining("'gone'");
                });
    }

    @Test
    void sourceWithoutPartitionsIsRefused() {
        inEachMode(
                world -> {
                    Throwable failure =
                            catchThrowable(() -> run(world, TestSource.partitions(Map.of())));

                    assertThat(failure)
                            .hasMessageContaining("step 'flow.in': the source lists no partitions")
                            .hasMessageContaining("make it list what there is");
                });
    }

    @Test
    void failureOfAReadNamesStepAndPartition() {
        inEachMode(
                world -> {
                    Throwable failure =
                            catchThrowable(() -> run(world, PollSource.failing("disk on fire")));

                    assertThat(failure)
                            .hasMessageContaining("step 'flow.in': nextBatch")
                            .hasMessageContaining("disk on fire");
                });
    }

    @Test
    void rejectedInputBecomesADeadLetter() {
        inEachMode(
                world -> {
                    var dead = new TestSink<Object>();
                    var out = new TestSink<Integer>();
                    var flow = Dataflow.named("flow");
                    var in =
                            flow.input("in", PollSource.rejecting("not a number"))
                                    .onFailure(FailurePolicy.deadLetter());
                    in.output("out", out);
                    in.deadLetters()
                            .map("text", letter -> letter.stepId() + " " + letter.item())
                            .output("dead", dead);

                    world.run(flow);

                    assertThat(dead.committed())
                            .hasSize(world.mode().workers())
                            .containsOnly("flow.in not a number");
                });
    }

    @Test
    void rejectedInputStopsTheExecutionWithoutAPolicy() {
        inEachMode(
                world -> {
                    Throwable failure =
                            catchThrowable(() -> run(world, PollSource.rejecting("not a number")));

                    assertThat(failure)
                            .hasMessageContaining("step 'flow.in'")
                            .hasMessageContaining("not a number");
                });
    }

    @Test
    void dynamicSourceIsBuiltOnEveryWorker() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    List<Integer> expected = new ArrayList<>();
                    for (int worker = 0; worker < world.mode().workers(); worker++) {
                        expected.add(worker * 100 + world.mode().workers());
                    }

                    assertThat(run(world, PollSource.places()))
                            .containsExactlyInAnyOrderElementsOf(expected);
                });
    }

    @Test
    void dynamicPartitionEmitsAsManyItemsAReadAsItLikes() {
        inModes(
                SpecMode::isPlain,
                world ->
                        assertThat(run(world, new PacedSource(world.clock(), Duration.ZERO)))
                                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    }

    @Test
    void dynamicPartitionIsNotReadBeforeItIsAwake() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    Duration interval = Duration.ofMillis(20);
                    var source = new PacedSource(world.clock(), interval);

                    assertThat(run(world, source)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);

                    assertThat(source.gaps())
                            .hasSize(5)
                            .allMatch(gap -> gap.compareTo(interval) >= 0);
                });
    }

    @Test
    void endOfInputEndsThisExecutionOnly() {
        given(0, 1, 2, endOfInput(), 3, 4).through(numbers -> numbers).expect(0, 1, 2, 3, 4);
    }

    @Test
    void crashFiresOnce() {
        given(0, 1, 2, crash(), 3, 4).through(numbers -> numbers).expect(0, 1, 2, 3, 4);
    }

    private static List<Integer> run(SpecWorld world, Source<Integer> source) throws Exception {
        var out = new TestSink<Integer>();
        var flow = Dataflow.named("flow");
        flow.input("in", source).output("out", out);
        world.run(flow);
        return out.committed();
    }

    private static List<Duration> gaps(RecordedSource source) {
        List<Duration> gaps = new ArrayList<>();
        Instant before = null;
        for (Instant read : source.reads) {
            if (before != null) {
                gaps.add(Duration.between(before, read));
            }
            before = read;
        }
        gaps.remove(gaps.size() - 1);
        return gaps;
    }

    /** A source without positions that does one thing. */
    private record PollSource(Reading reading) implements DynamicSource<Integer> {

        interface Reading extends java.io.Serializable {
            void read(int workerIndex, int workerCount, SourceEmitter<? super Integer> out);
        }

        static PollSource failing(String message) {
            return new PollSource((index, count, out) -> failWith(message));
        }

        static PollSource rejecting(String raw) {
            return new PollSource(
                    (index, count, out) ->
                            out.reject(raw, new IllegalArgumentException("rejected " + raw)));
        }

        static PollSource places() {
            return new PollSource((index, count, out) -> out.emit(index * 100 + count));
        }

        @Override
        public StatelessSourcePartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            return new StatelessSourcePartition<>() {
                @Override
                public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
                    reading.read(workerIndex, workerCount, out);
                    return SourceStatus.ENDED;
                }
            };
        }
    }
}
