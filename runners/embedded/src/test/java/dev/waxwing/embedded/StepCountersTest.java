package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.join.JoinOptions;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.run.Execution.Counters;
import dev.waxwing.run.Execution.StepCounters;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.CollectOptions;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.TumblingWindower;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each step counts what came in and what went out, under the name that the user gave it. */
final class StepCountersTest {

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void stepsWithoutKeysCountInAndOut(int workers) throws Exception {
        Map<String, String> counts =
                counts(
                        workers,
                        numbers -> {
                            Stream<Integer> all =
                                    numbers.map("map", n -> n)
                                            .filter("filter", n -> n % 2 == 0)
                                            .flatMap("flatMap", n -> List.of(n, n, n))
                                            .filterMap("filterMap", n -> n % 4 == 0 ? n : null)
                                            .flatMapBatch("batch", items -> items)
                                            .redistribute("spread")
                                            .inspect("inspect", (item, epoch) -> {})
                                            .mapAsync(
                                                    "async",
                                                    CompletableFuture::completedFuture,
                                                    AsyncOptions.defaults());
                            all.merge("merge", numbers, all).output("out", TestSink.dynamic());
                            var branches = numbers.branch("branch", n -> n > 15);
                            branches.trues().output("big", TestSink.dynamic());
                        });

        assertThat(counts)
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("in", "0 {down=20} read 20"),
                                Map.entry("map", "20 {down=20}"),
                                Map.entry("filter", "20 {down=10}"),
                                Map.entry("flatMap", "10 {down=30}"),
                                Map.entry("filterMap", "30 {down=15}"),
                                Map.entry("batch", "15 {down=15}"),
                                Map.entry("spread", "15 {down=15}"),
                                Map.entry("inspect", "15 {down=15}"),
                                Map.entry("async", "15 {down=15}"),
                                Map.entry("merge", "50 {down=50}"),
                                Map.entry("out", "50 {} written 50"),
                                Map.entry("branch", "20 {falses=15, trues=5}"),
                                Map.entry("big", "5 {} written 5")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void stepsWithKeysCountInAndOut(int workers) throws Exception {
        Map<String, String> counts =
                counts(
                        workers,
                        numbers -> {
                            KeyedStream<Integer, Integer> keyed =
                                    numbers.keyOn("key", n -> n % 5)
                                            .mapValue("mapValue", n -> n)
                                            .filterValue("filterValue", n -> n <= 10)
                                            .flatMapValue("flatMapValue", n -> List.of(n, n))
                                            .filterMapValue("filterMapValue", n -> n)
                                            .mapValueAsync(
                                                    "async",
                                                    CompletableFuture::completedFuture,
                                                    AsyncOptions.defaults());
                            KeyedStream<Integer, Long> sums =
                                    keyed.statefulMap(
                                            "sum",
                                            (@Nullable Long sum, Integer n) ->
                                                    StateUpdate.keep(
                                                            (sum == null ? 0 : sum) + n, 1L));
                            sums.countFinal("count").dropKey("drop").output("a", sink());
                            keyed.collect("collect", CollectOptions.upTo(2, Duration.ofHours(1)))
                                    .map("pair", (key, values) -> key)
                                    .output("b", sink());
                            keyed.join("join", sums, JoinOptions.complete())
                                    .dropKey("rows")
                                    .output("c", sink());
                            keyed.merge("merge", keyed).dropKey("both").output("d", sink());
                        });

        assertThat(counts)
                .containsEntry("key", "20 {down=20}")
                .containsEntry("mapValue", "20 {down=20}")
                .containsEntry("filterValue", "20 {down=10}")
                .containsEntry("flatMapValue", "10 {down=20}")
                .containsEntry("filterMapValue", "20 {down=20}")
                .containsEntry("async", "20 {down=20}")
                .containsEntry("sum", "20 {down=20} keys 5")
                .containsEntry("count", "20 {down=5}")
                .containsEntry("drop", "5 {down=5}")
                .containsEntry("a", "5 {} written 5")
                .containsEntry("collect", "20 {down=10}")
                .containsEntry("pair", "10 {down=10}")
                .containsEntry("merge", "40 {down=40}")
                .containsEntry("both", "40 {down=40}")
                .containsEntry("d", "40 {} written 40");
        assertThat(counts.get("join")).startsWith("40 {down=");
        assertThat(counts.keySet())
                .containsExactlyInAnyOrder(
                        "in",
                        "key",
                        "mapValue",
                        "filterValue",
                        "flatMapValue",
                        "filterMapValue",
                        "async",
                        "sum",
                        "count",
                        "drop",
                        "a",
                        "collect",
                        "pair",
                        "b",
                        "join",
                        "rows",
                        "c",
                        "merge",
                        "both",
                        "d");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void windowsCountWhatIsLate(int workers) throws Exception {
        Map<String, String> counts =
                counts(
                        TestSource.ofElements(IntStream.rangeClosed(1, 20).boxed().toList()),
                        workers,
                        numbers -> {
                            var windows =
                                    numbers.keyOn("key", n -> "all")
                                            .countWindow(
                                                    "window",
                                                    EventClock.of(
                                                            n ->
                                                                    Instant.EPOCH.plusSeconds(
                                                                            n == 20 ? 0 : n),
                                                            Duration.ZERO),
                                                    TumblingWindower.of(Duration.ofSeconds(5)));
                            windows.down().dropKey("drop").output("out", sink());
                            windows.late().dropKey("late").output("tooLate", sink());
                        });

        assertThat(counts.get("window")).startsWith("20 {down=4, late=1} late 1");
        assertThat(counts).containsEntry("drop", "4 {down=4}").containsEntry("late", "1 {down=1}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void deadLettersAreCountedByTheStepThatMadeThem(int workers) throws Exception {
        Map<String, String> counts =
                counts(
                        workers,
                        numbers -> {
                            Stream<Integer> mapped =
                                    numbers.map("map", n -> 1 / (n % 4) * n)
                                            .onFailure(FailurePolicy.deadLetter());
                            mapped.output("out", new FailingSink())
                                    .onFailure(FailurePolicy.deadLetter());
                            mapped.deadLetters().output("letters", TestSink.dynamic());
                        });

        assertThat(counts)
                .containsEntry("map", "20 {dead=5, down=15} dead 5")
                .containsEntry("letters", "5 {} written 5")
                .containsEntry("out", "15 {dead=15} dead 15");
    }

    @Test
    void operatorsOfUsersHaveOneNameAndSubstepsOfOthersTheirOwn() throws Exception {
        Operator<Stream<Integer>, Stream<Integer>> twice =
                up -> up.map("first", n -> n).filter("second", n -> n > 10);
        Map<String, String> counts =
                counts(
                        2,
                        numbers -> {
                            numbers.then("group", twice).output("a", TestSink.dynamic());
                            numbers.then("named", Operator.named("twice", twice))
                                    .output("b", TestSink.dynamic());
                        });

        assertThat(counts).containsEntry("a", "10 {} written 10");
        assertThat(counts.keySet()).allMatch(id -> !id.contains("transform"));
    }

    @Test
    void countsGoOnOverRestarts() throws Exception {
        var flow = Dataflow.named("flow");
        var failed = new AtomicBoolean();
        flow.input("in", TestSource.of(1, 2, 3).withBatchItems(1))
                .map(
                        "map",
                        n -> {
                            if (n == 3 && failed.compareAndSet(false, true)) {
                                throw new IllegalStateException("once");
                            }
                            return n;
                        })
                .filter("filter", n -> n != 2)
                .output("out", new TestSink<>());
        var options =
                EmbeddedOptions.defaults()
                        .withRecovery(
                                RecoveryOptions.in(directory.resolve("store"))
                                        .withEpochInterval(Duration.ZERO))
                        .withRestarts(
                                RestartPolicy.upTo(1).withBackOff(Duration.ZERO, Duration.ZERO));

        Counters counters = Waxwing.run(flow, options);

        Map<String, StepCounters> steps = new HashMap<>();
        counters.steps().forEach(step -> steps.put(step.stepId(), step));
        long in = steps.get("flow.in").read();
        assertThat(in).isGreaterThan(3);
        assertThat(steps.get("flow.map").received()).isEqualTo(in);
        assertThat(steps.get("flow.map").emitted()).isEqualTo(in - 1);
        assertThat(steps.get("flow.filter").received()).isEqualTo(in - 1);
        assertThat(steps.get("flow.out").received())
                .isEqualTo(steps.get("flow.filter").emitted())
                .isEqualTo(counters.itemsOut());
        assertThat(counters.itemsIn()).isEqualTo(in);
    }

    @ParameterizedTest
    @ValueSource(strings = {"map", "null", "key", "drop", "filter"})
    void itemThatEndsTheExecutionHasLeftNoStepThatFailedForIt(String failing) throws Exception {
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, 2, 3).withBatchItems(1))
                .map("map", n -> failIf(failing.equals("map") && n == 3, n))
                .<Integer>map("null", n -> failing.equals("null") && n == 3 ? null : n)
                .keyOn("key", n -> failIf(failing.equals("key") && n == 3, n))
                .map("drop", (key, n) -> failIf(failing.equals("drop") && n == 3, n))
                .filter("filter", n -> failIf(failing.equals("filter") && n == 3, n) != 2)
                .output("out", TestSink.dynamic());

        Execution execution = Waxwing.start(flow, EmbeddedOptions.defaults());
        assertThatThrownBy(() -> Runs.await(execution)).hasMessageContaining("flow." + failing);

        List<String> steps = List.of("map", "null", "key", "drop", "filter");
        int failed = steps.indexOf(failing);
        Map<String, StepCounters> counts = new HashMap<>();
        execution.counters().steps().forEach(step -> counts.put(step.stepId(), step));
        for (int i = 0; i < steps.size(); i++) {
            StepCounters step = counts.get("flow." + steps.get(i));
            assertThat(step.received()).as(step.stepId()).isEqualTo(i <= failed ? 3 : 2);
            int dropped = steps.get(i).equals("filter") ? 1 : 0;
            assertThat(step.emitted()).as(step.stepId()).isEqualTo((i < failed ? 3 : 2) - dropped);
        }
    }

    private static int failIf(boolean isToFail, int n) {
        if (isToFail) {
            throw new IllegalStateException("three");
        }
        return n;
    }

    /** Takes nothing. */
    private static final class FailingSink implements DynamicSink<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public StatelessSinkPartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            return items -> {
                throw new IllegalArgumentException("no room");
            };
        }
    }

    private static TestSink.Repeating<Object> sink() {
        return TestSink.dynamic();
    }

    private interface Steps {
        void add(Stream<Integer> numbers);
    }

    /** What each step has counted, by its name; numbers come side by side. */
    private static Map<String, String> counts(int workers, Steps steps) throws Exception {
        Map<String, List<Integer>> partitions = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            int part = i;
            partitions.put(
                    "p" + i,
                    IntStream.rangeClosed(1, 20).filter(n -> n % 4 == part).boxed().toList());
        }
        return counts(TestSource.<Integer>partitions(partitions).withBatchItems(3), workers, steps);
    }

    private static Map<String, String> counts(TestSource<Integer> source, int workers, Steps steps)
            throws Exception {
        var flow = Dataflow.named("flow");
        steps.add(flow.input("in", source));
        Execution execution = Waxwing.start(flow, EmbeddedOptions.defaults().withWorkers(workers));
        Runs.await(execution);
        Map<String, String> counts = new TreeMap<>();
        for (StepCounters step : execution.counters().steps()) {
            assertThat(step.stepId()).startsWith("flow.");
            counts.put(step.stepId().substring("flow.".length()), text(step));
        }
        return counts;
    }

    private static String text(StepCounters step) {
        List<String> parts = new ArrayList<>();
        parts.add(String.valueOf(step.received()));
        parts.add(new TreeMap<>(step.outputs()).toString());
        add(parts, "read", step.read());
        add(parts, "written", step.written());
        add(parts, "dead", step.dead());
        add(parts, "late", step.late());
        add(parts, "keys", step.keys());
        return String.join(" ", parts);
    }

    private static void add(List<String> parts, String name, long count) {
        if (count != 0) {
            parts.add(name + " " + count);
        }
    }
}
