package dev.waxwing.engine.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.delivery.HandLane;
import dev.waxwing.engine.delivery.HandParts;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Batches of a sink that are tried again: which items they have, and when. */
final class SinkRetryTest {

    private static final Duration WAIT = Duration.ofMillis(100);
    private static final FailurePolicy TWICE =
            FailurePolicy.retry(2).withBackOff(WAIT, WAIT).withDeadLetters();

    private final HandWorker worker = new HandWorker();
    private final HandStage stage = new HandStage();
    private final Letters letters = new Letters();

    @Test
    void whatHasComeBehindAFailedBatchIsNotTriedWithIt() {
        Target target = new Target(new HandLane());
        whatHasComeBehindAFailedBatchIsNotTriedWithIt(target);
        assertThat(target.batches).containsExactly(List.of(1), List.of(1), List.of(2), List.of(2));
        assertThat(letters.items).containsExactly(1, 2);
    }

    @Test
    void whatHasComeBehindAFailedBatchIsNotTriedWithItOnTheWorker() {
        Target target = new Target(null);
        whatHasComeBehindAFailedBatchIsNotTriedWithIt(target);
        assertThat(target.batches).containsExactly(List.of(1), List.of(1), List.of(2), List.of(2));
        assertThat(letters.items).containsExactly(1, 2);
    }

    private void whatHasComeBehindAFailedBatchIsNotTriedWithIt(Target target) {
        SinkLink link = opened(TWICE, target);
        target.fails = true;
        link.push(0, 1);
        link.flush();
        link.push(0, 2);
        link.flush();
        for (int i = 0; i < 8; i++) {
            target.run();
            link.poll();
            worker.now += WAIT.toMillis();
            link.poll();
        }
        assertThat(link.takesMarks()).isTrue();
    }

    @Test
    void oldWaitOfABatchThatIsBeingWrittenAgainKeepsNobodyAwake() {
        Target first = new Target(new HandLane());
        Target second = new Target(new HandLane());
        SinkLink link = opened(FailurePolicy.retry(10).withBackOff(WAIT, WAIT), first, second);
        second.fails = true;
        link.push(1, 1);
        link.flush();
        second.run();
        link.poll();
        worker.now += WAIT.toMillis();
        link.poll();
        first.fails = true;
        link.push(0, 2);
        link.push(1, 3);
        link.flush();
        worker.now += 1;
        first.run();

        assertThat(link.poll()).isTrue();
        assertThat(link.poll()).isFalse();
        assertThat(link.dueMillis()).isEqualTo(worker.now + WAIT.toMillis());
    }

    @Test
    void partitionIsWrittenToWhileAnotherWaits() {
        Target first = new Target(new HandLane());
        Target second = new Target(new HandLane());
        SinkLink link = opened(TWICE, first, second);
        first.fails = true;
        link.push(0, 1);
        link.flush();
        first.run();
        link.poll();

        link.push(1, 2);
        link.flush();
        second.run();

        assertThat(second.batches).containsExactly(List.of(2));
        assertThat(link.takesInput()).isFalse();
    }

    @Test
    void stageHoldsTheLanesOfWhatIsNotDealtWith() {
        Target target = new Target(null);
        SinkLink link = opened(TWICE, target);
        target.fails = true;
        stage.lane = 3;
        link.push(0, 1);
        stage.lane = 4;
        link.push(0, 2);
        assertThat(stage.held).containsExactly(3, 4);
        link.flush();
        assertThat(stage.held).containsExactly(3, 4);

        worker.now += WAIT.toMillis();
        link.poll();

        assertThat(letters.items).containsExactly(1, 2);
        assertThat(letters.lanes).containsExactly(3, 4);
        assertThat(stage.held).isEmpty();
        assertThat(stage.lane).isEqualTo(4);
    }

    @Test
    void stageHoldsTheLanesOfThoseOfABatchThatWereNotWritten() {
        Target target = new Target(null);
        SinkLink link = opened(TWICE, target);
        target.notWritten = new int[] {1, 2};
        for (int lane = 3; lane <= 6; lane++) {
            stage.lane = lane;
            link.push(0, lane);
        }
        link.flush();
        assertThat(stage.held).containsExactlyInAnyOrder(4, 5);

        target.notWritten = new int[] {0};
        worker.now += WAIT.toMillis();
        link.poll();

        assertThat(target.batches).containsExactly(List.of(3, 4, 5, 6), List.of(4, 5));
        assertThat(letters.items).containsExactly(4);
        assertThat(letters.lanes).containsExactly(4);
        assertThat(stage.held).isEmpty();
    }

    private SinkLink opened(FailurePolicy policy, Target... targets) {
        CoreStep step = HandParts.of("flow.out", policy, staged -> Outcome.committed()).step();
        var site = new StepSite(step, worker, stage);
        letters.site = site;
        var sinkLetters = new SinkLetters(letters, site, true);
        var writer = new SinkWriter<>(new Targets(List.of(targets)), sinkLetters, site);
        var link = new PlainSinkLink<>(writer, sinkLetters, site);
        for (int i = 0; i < targets.length; i++) {
            link.open(i, null);
        }
        return link;
    }

    private record Targets(List<Target> all) implements SinkParts<SinkPart> {

        @Override
        public int count() {
            return all.size();
        }

        @Override
        public int partOf(@Nullable Object key) {
            return key instanceof Integer part ? part : 0;
        }

        @Override
        public String name(int part) {
            return "part " + part;
        }

        @Override
        public SinkPart open(int part, @Nullable Object resumeState) {
            return all.get(part);
        }
    }

    /** Remembers what it was given, and fails while a test says so. */
    private static final class Target implements SinkPart {

        private final @Nullable HandLane lane;
        private final List<List<Object>> batches = new ArrayList<>();
        private boolean fails;
        private int[] notWritten = {};

        Target(@Nullable HandLane lane) {
            this.lane = lane;
        }

        void run() {
            if (lane != null && !lane.isEmpty()) {
                lane.runNext();
            }
        }

        @Override
        public SinkCalls calls(StepSite site) {
            return lane == null
                    ? new WorkerCalls(this, site)
                    : new LaneCalls(lane, this, site.worker().signal());
        }

        @Override
        public void write(List<Object> items) throws IOException, PartialWriteException {
            batches.add(List.copyOf(items));
            if (fails) {
                throw new IOException("no");
            }
            if (notWritten.length > 0) {
                throw new PartialWriteException(notWritten, new IOException("no"));
            }
        }

        @Override
        public void onEndOfInput() {}

        @Override
        public void close() {}
    }

    /** Keeps the items of dead letters, and their lanes. */
    private final class Letters implements Link {

        private final List<Object> items = new ArrayList<>();
        private final List<Integer> lanes = new ArrayList<>();
        private @Nullable StepSite site;

        @Override
        public void push(@Nullable Object key, Object value) {
            items.add(((DeadLetter) value).item());
            lanes.add(stage.lane());
        }

        @Override
        public StepSite feeder() {
            return Objects.requireNonNull(site);
        }

        @Override
        public void flush() {}

        @Override
        public void barrier(long epoch) {}

        @Override
        public void watermark(long micros) {}

        @Override
        public void end() {}
    }
}
