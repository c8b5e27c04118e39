package dev.waxwing.engine.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.HandLane;
import dev.waxwing.engine.delivery.HandParts;
import dev.waxwing.engine.delivery.Prepared;
import dev.waxwing.engine.link.HandLink;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.sink.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When items that targets reject become dead letters, and what waits for them. */
final class RejectedLettersTest {

    private final HandWorker worker = new HandWorker();
    private final HandStage stage = new HandStage();
    private final StepSite site =
            new StepSite(
                    HandParts.of("flow.out", staged -> Outcome.committed()).step(), worker, stage);
    private final HandLink next = new HandLink(site);
    private final SinkLetters letters = new SinkLetters(next, site, true);
    private final DeliveryPart part =
            HandParts.withOutbox(
                    "flow.out",
                    HandParts.of("flow.out", staged -> Outcome.committed()).partition());
    private final RejectedLetters rejected =
            new RejectedLetters(
                    letters,
                    new Deliveries(List.of(part), new Forgetting(), new Forgetting(), worker),
                    site);

    @Test
    void marksOfAnEpochWaitUntilItsRejectionsAreKnown() {
        letters.watermark(5);
        rejected.barrier(1);
        rejected.pass(List.of());
        assertThat(next.all).containsExactly("epoch 1");

        worker.doneEpoch = 1;
        rejected.pass(List.of());

        assertThat(next.all).containsExactly("epoch 1", "flush", "5");
    }

    @Test
    void endWaitsForAnEpochThatEndsSoon() {
        rejected.end();

        assertThat(worker.hurries).isTrue();
        assertThat(rejected.isFinished()).isFalse();
        assertThat(next.all).isEmpty();

        rejected.pass(List.of());
        assertThat(rejected.isFinished()).isTrue();
    }

    @Test
    void itemThatATargetRejectsIsDeadAndOfNoLaneOnceItsEpochIsDone() {
        List<Integer> lanes = new ArrayList<>();
        next.onItem = () -> lanes.add(stage.lane);
        Prepared work = HandParts.outbox(part, 1, "item");
        HandParts.rejectFirst(work, "too long");
        HandParts.commit(work);
        List<SinkSlot<EpochPart>> slots = List.of(slot(part));
        stage.lane = 3;
        site.counts().stored = 1;
        assertThat(rejected.pass(slots)).isFalse();

        worker.doneEpoch = 1;
        assertThat(rejected.pass(slots)).isTrue();

        assertThat(next.all).hasSize(1).first().asString().contains("item", "too long");
        assertThat(lanes).containsExactly(StageSite.NO_LANE);
        assertThat(site.counts().stored).isZero();
        assertThat(site.counts().dead).isEqualTo(1);
    }

    @Test
    void endWaitsForAllThatMayBeRejectedAndPassesOnce() {
        SinkSlot<EpochPart> slot = slot(part);
        List<SinkSlot<EpochPart>> slots = List.of(slot);
        slot.written = true;
        rejected.end();
        assertThat(rejected.pass(slots)).isFalse();
        assertThat(rejected.isFinished()).isFalse();

        slot.written = false;
        assertThat(rejected.pass(slots)).isTrue();
        assertThat(rejected.pass(slots)).isFalse();

        assertThat(rejected.isFinished()).isTrue();
        assertThat(stage.ends).hasSize(1);
    }

    private SinkSlot<EpochPart> slot(DeliveryPart delivery) {
        var idle = new Delivered(delivery);
        return new SinkSlot<>(0, idle, idle.calls(site), letters.newBatch());
    }

    /** Has something to commit and is not written to. */
    private record Delivered(DeliveryPart delivery) implements EpochPart {

        @Override
        public SinkCalls calls(StepSite site) {
            return new LaneCalls(new HandLane(), this, site.worker().signal());
        }

        @Override
        public void write(List<Object> items) {}

        @Override
        public @Nullable Prepared prepare(long epoch, long nowMillis) {
            return null;
        }

        @Override
        public void onEndOfInput() {}

        @Override
        public void close() {}
    }

    private static final class Forgetting implements ChangeLog {

        @Override
        public void put(Object key, Object state) {}

        @Override
        public void remove(Object key) {}
    }
}
