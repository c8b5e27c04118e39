package dev.waxwing.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.engine.channel.Channels;
import dev.waxwing.engine.channel.Edges;
import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.channel.RingEdges;
import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.site.HandThreads;
import dev.waxwing.engine.site.Openings;
import dev.waxwing.engine.site.Owners;
import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.Watched;
import dev.waxwing.engine.worker.Clock;
import dev.waxwing.engine.worker.Edge;
import dev.waxwing.engine.worker.EpochControl;
import dev.waxwing.engine.worker.EpochReport;
import dev.waxwing.engine.worker.Host;
import dev.waxwing.engine.worker.Worker;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A host that runs each stage of each worker apart, as a cluster would, and ends epochs by itself:
 * what comes out is the same, and nothing is done at the end of an epoch but to end it.
 */
final class StagedHostTest {

    private static final int WORKERS = 2;
    private static final int STEPS_MAX = 100_000;

    private final TestSink.Repeating<String> out = TestSink.dynamic();
    private final HostEpochs epochs = new HostEpochs();
    private final List<Worker> workers = new ArrayList<>();

    @Test
    void stagesRunApartAsTogether() throws Exception {
        start(counts("a", "b", "a", "c", "b", "a"), WORKERS);

        stepUntilEnded();

        assertThat(out.all()).containsExactlyInAnyOrder("a 1", "a 2", "a 3", "b 1", "b 2", "c 1");
    }

    @Test
    void onePlanHasTheSameStagesWithAnyNumberOfWorkers() {
        Plan plan = counts("a");

        assertThat(Assembly.stages(setup(plan, 1))).isEqualTo(Assembly.stages(setup(plan, 3)));
        assertThat(Assembly.stages(setup(plan, 1))).hasSize(2);
    }

    @Test
    void mergedStreamsThatComeFromElsewhereAreTakenTogether() throws Exception {
        Dataflow flow = Dataflow.named("flow");
        var left = flow.input("left", TestSource.of("a", "b"));
        var right = flow.input("right", TestSource.of("c"));
        left.merge("both", right).output("out", out);
        start(flow.plan(), WORKERS);

        stepUntilEnded();

        assertThat(out.all()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void endOfAnEpochReadsNothingAndLeavesNothingBehind() throws Exception {
        start(counts(IntStream.range(0, 100).mapToObj(i -> "k" + i % 7).toArray(String[]::new)), 1);
        Worker source = workers.get(0);
        Worker counting = workers.get(1);
        open();
        for (int i = 0; epochs.touches == 0; i++) {
            assertThat(i).isLessThan(STEPS_MAX);
            source.step();
        }
        StepCounts counts =
                source.sites().stream()
                        .filter(site -> site.step().source() != null)
                        .findFirst()
                        .orElseThrow()
                        .counts();
        long read = counts.read();

        endEpoch(source, 1);
        endEpoch(counting, 1);

        assertThat(read).isPositive();
        assertThat(counts.read()).isEqualTo(read);
        assertThat(epochs.reports).extracting(EpochReport::epoch).containsExactly(1L, 1L);
        assertThat(sum(epochs.reports.get(0).traffic().sent())).isEqualTo(read);
        assertThat(sum(epochs.reports.get(1).traffic().received())).isEqualTo(read);
        assertThat(out.all()).hasSize((int) read);

        stepUntilEnded();
        assertThat(out.all()).hasSize(100);
    }

    private Plan counts(String... words) {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.<String>ofElements(List.of(words)).withBatchItems(1))
                .keyOn("key", word -> word)
                .<Integer, Integer>statefulMap(
                        "count",
                        (state, word) -> {
                            int count = state == null ? 1 : state + 1;
                            return StateUpdate.keep(count, count);
                        })
                .map("text", (word, count) -> word + " " + count)
                .output("out", out);
        return flow.plan();
    }

    private static RunSetup setup(Plan plan, int count) {
        Shape shape =
                new Shape(
                        count,
                        false,
                        new Channels(16, 4, Pace.of(1_000)),
                        new Shape.Chains(Shape.Stages.AS_PLANNED, false, true),
                        Owners.BY_HASH,
                        Openings.atOnce());
        Map<Integer, List<String>> parts = new HashMap<>();
        for (CoreStep step : plan.coreSteps()) {
            if (step.source() instanceof TestSource<?> source) {
                parts.put(step.index(), source.listParts());
            }
        }
        return new RunSetup(plan, shape, 0, parts, Map.of(), null);
    }

    /** A worker for each stage and index, upstream first; nobody wakes them: all are stepped. */
    private void start(Plan plan, int count) {
        RunSetup setup = setup(plan, count);
        List<Signal> signals = Collections.nCopies(count, () -> {});
        Edges edges = new RingEdges(setup.shape().channels(), signals);
        Host host = new Host(Clock.system(), epochs, HandThreads.lanes(), edges, signals);
        for (int stage : Assembly.stages(setup)) {
            for (int i = 0; i < count; i++) {
                workers.add(Assembly.worker(setup, host, i, each -> each == stage));
            }
        }
    }

    private void open() throws Exception {
        for (Worker worker : workers) {
            while (!worker.open()) {
                assertThat(worker.failure()).isNull();
            }
        }
    }

    private void stepUntilEnded() throws Exception {
        open();
        for (int i = 0; epochs.ended < workers.size(); i++) {
            assertThat(i).isLessThan(STEPS_MAX);
            workers.forEach(Worker::step);
        }
        workers.forEach(Worker::close);
    }

    private static void endEpoch(Worker worker, long epoch) {
        for (int i = 0; !worker.endEpoch(epoch); i++) {
            assertThat(i).isLessThan(STEPS_MAX);
        }
    }

    private static long sum(List<Edge> edges) {
        return edges.stream().mapToLong(Edge::items).sum();
    }

    /** Takes what is reported. */
    private static final class HostEpochs implements EpochControl {

        private final List<EpochReport> reports = new ArrayList<>();
        private int touches;
        private int ended;

        @Override
        public long announcedEpoch() {
            return 0;
        }

        @Override
        public long doneEpoch() {
            return 0;
        }

        @Override
        public boolean isHeld() {
            return false;
        }

        @Override
        public boolean isStopping() {
            return false;
        }

        @Override
        public void endSoon() {}

        @Override
        public void watch(Watched part) {}

        @Override
        public void report(EpochReport report) {
            reports.add(report);
        }

        @Override
        public void ended(int index) {
            ended++;
        }

        @Override
        public void touched() {
            touches++;
        }
    }
}
