package dev.waxwing.engine.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.engine.delivery.HandLane;
import dev.waxwing.engine.delivery.HandParts;
import dev.waxwing.engine.delivery.Lane;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.StepFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A sink by position on a thread of its own: what it is asked, and what becomes of the answers. */
final class BlockingSinkTest {

    private final HandLane lane = new HandLane();
    private final File file = new File(lane);
    private final Map<Object, Object> positions = new HashMap<>();
    private final Letters letters = new Letters();

    @Test
    void positionIsThatAfterABatchOfWhichSomeWereWritten() {
        SinkLink link = opened();
        file.failure = new PartialWriteException(new int[] {1}, new IOException("no twos"));

        write(link, 1, 2, 3);
        link.barrier(1);

        assertThat(letters.items).containsExactly(2);
        assertThat(file.items).containsExactly(1, 3);
        assertThat(positions).isEqualTo(Map.of("file", 2));
    }

    @Test
    void positionThatCannotBeToldStopsTheEpoch() {
        SinkLink link = opened();
        file.snapshotFailure = new IllegalStateException("closed");
        write(link, 1);

        assertThatThrownBy(() -> link.barrier(1))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("snapshot of partition 'file' threw")
                .hasMessageContaining("closed");
    }

    @Test
    void failureAtTheEndOfInputIsNotTakenForABatch() {
        SinkLink link = opened();
        write(link, 1);
        file.endFailure = new IOException("footer");
        link.end();
        lane.runNext();

        assertThatThrownBy(link::poll)
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("onEndOfInput of partition 'file' threw")
                .hasMessageContaining("footer");
    }

    @Test
    void indexThatIsNotInTheBatchIsNamed() {
        SinkLink link = opened();
        file.failure = new PartialWriteException(new int[] {3}, new IOException("no"));

        assertThatThrownBy(() -> write(link, 1, 2, 3))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("was given 3 items")
                .hasMessageContaining("index 3 was not written");
    }

    @Test
    void markWaitsForWhatIsBeingWrittenAndForWhatHasCome() {
        SinkLink link = opened();
        link.push(null, 1);
        assertThat(link.takesMarks()).isFalse();

        assertThat(link.onMarkWaiting()).isTrue();
        link.push(null, 2);
        assertThat(link.onMarkWaiting()).isFalse();
        assertThat(link.takesMarks()).isFalse();

        lane.runNext();
        link.poll();
        assertThat(link.takesMarks()).isFalse();
        lane.runNext();
        link.poll();
        assertThat(link.takesMarks()).isTrue();
    }

    @Test
    void watermarkStaysBehindItemsThatMayBecomeDeadLetters() {
        SinkLink link = opened();
        link.watermark(5);
        assertThat(letters.marks).containsExactly(5L);

        link.push(null, 1);
        link.watermark(6);
        assertThat(letters.marks).as("one has come").containsExactly(5L);
        link.flush();
        link.watermark(7);
        assertThat(letters.marks).as("it is being written").containsExactly(5L);
        lane.runNext();
        link.poll();
        link.flush();

        assertThat(letters.marks).containsExactly(5L, 7L);
    }

    @Test
    void callThatBeginsWhileAnotherIsUnderWayIsRefused() {
        var calls = new LaneCalls(lane, file, () -> {});
        calls.start(new SinkCall("writeBatch", () -> file.write(List.of(1)), failure -> {}));
        var next = new SinkCall("onEndOfInput", file::onEndOfInput, failure -> {});

        assertThatThrownBy(() -> calls.start(next))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("onEndOfInput while writeBatch is under way")
                .hasMessageContaining("defect of Waxwing");
    }

    private void write(SinkLink link, Object... items) {
        for (Object item : items) {
            link.push(null, item);
        }
        link.flush();
        lane.runNext();
        link.poll();
    }

    private SinkLink opened() {
        CoreStep step =
                HandParts.of("flow.out", FailurePolicy.deadLetter(), staged -> Outcome.committed())
                        .step();
        var site = new StepSite(step, new HandWorker(), new HandStage());
        letters.site = site;
        ChangeLog changes =
                new ChangeLog() {
                    @Override
                    public void put(Object key, Object state) {
                        positions.put(key, state);
                    }

                    @Override
                    public void remove(Object key) {
                        positions.remove(key);
                    }
                };
        var sinkLetters = new SinkLetters(letters, site, false);
        var link =
                new PositionSinkLink(
                        new SinkWriter<>(new OneFile(file), sinkLetters, site),
                        sinkLetters,
                        new PositionLog(changes, forced -> {}),
                        site,
                        site);
        link.open(0, null);
        return link;
    }

    private record OneFile(File file) implements SinkParts<PositionPart> {

        @Override
        public int count() {
            return 1;
        }

        @Override
        public int partOf(@Nullable Object key) {
            return 0;
        }

        @Override
        public String name(int part) {
            return "file";
        }

        @Override
        public PositionPart open(int part, @Nullable Object resumeState) {
            return new LanePositionPart(file);
        }
    }

    /** Fails when a test says so; then it has written what is not named. */
    private static final class File implements PositionPart {

        private final Lane lane;
        private final List<Object> items = new ArrayList<>();
        private @Nullable Exception failure;
        private @Nullable RuntimeException snapshotFailure;
        private @Nullable Exception endFailure;

        File(Lane lane) {
            this.lane = lane;
        }

        @Override
        public SinkCalls calls(StepSite site) {
            return new LaneCalls(lane, this, site.worker().signal());
        }

        @Override
        public void write(List<Object> batch) throws Exception {
            items.addAll(batch);
            if (failure instanceof PartialWriteException partial) {
                for (int index : partial.failed()) {
                    items.remove(Math.min(index, batch.size() - 1));
                }
            }
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public Object snapshot() {
            if (snapshotFailure != null) {
                throw snapshotFailure;
            }
            return items.size();
        }

        @Override
        public void force() {}

        @Override
        public void check() {}

        @Override
        public void onDecided(Object position) {}

        @Override
        public void onEndOfInput() throws Exception {
            if (endFailure != null) {
                throw endFailure;
            }
        }

        @Override
        public void close() {}
    }

    /** Keeps the items of dead letters. */
    private static final class Letters implements Link {

        private final List<Object> items = new ArrayList<>();
        private final List<Long> marks = new ArrayList<>();
        private @Nullable StepSite site;

        @Override
        public void push(@Nullable Object key, Object value) {
            items.add(((DeadLetter) value).item());
        }

        @Override
        public StepSite feeder() {
            return site;
        }

        @Override
        public void flush() {}

        @Override
        public void barrier(long epoch) {}

        @Override
        public void watermark(long micros) {
            marks.add(micros);
        }

        @Override
        public void end() {}
    }
}
