package dev.waxwing.engine.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.HandParts;
import dev.waxwing.engine.delivery.Lane;
import dev.waxwing.engine.delivery.Work;
import dev.waxwing.engine.link.HandLink;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.engine.site.WorkerSite;
import dev.waxwing.sink.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When marks and ends pass a sink on the way of its dead letters. */
final class SinkLettersTest {

    private final HandWorker worker = new HandWorker();
    private final HandStage stage = new HandStage();
    private final StepSite site =
            new StepSite(
                    HandParts.of("flow.out", staged -> Outcome.committed()).step(), worker, stage);
    private final HandLink next = new HandLink(site);
    private final SinkLetters letters = new SinkLetters(next, site, true);
    private final Deliveries deliveries =
            new Deliveries(new Forgetting(), new Forgetting(), worker);

    @Test
    void marksOfAnEpochWaitUntilItsRejectionsAreKnown() {
        letters.watermark(5);
        letters.barrier(1, true);
        letters.passRejected(deliveries, new SinkSlot[0]);
        assertThat(next.all).containsExactly("epoch 1");

        worker.doneEpoch = 1;
        letters.passRejected(deliveries, new SinkSlot[0]);

        assertThat(next.all).containsExactly("epoch 1", "flush", "5");
    }

    @Test
    void marksComeBeforeTheEndOfAnEpochOfWhichNothingIsRejectedLater() {
        letters.watermark(5);
        letters.barrier(1, false);

        assertThat(next.all).containsExactly("flush", "5", "epoch 1");
    }

    @Test
    void endWaitsForAnEpochThatEndsSoon() {
        letters.end(true);

        assertThat(worker.hurries).isTrue();
        assertThat(letters.isFinished()).isFalse();
        assertThat(next.all).isEmpty();

        letters.passRejected(deliveries, new SinkSlot[0]);
        assertThat(letters.isFinished()).isTrue();
    }

    @Test
    void endPassesIfNothingIsRejectedLater() {
        letters.watermark(5);
        letters.end(false);

        assertThat(worker.hurries).isFalse();
        assertThat(letters.isFinished()).isTrue();
        assertThat(next.all).containsExactly("flush", "5", "end");
    }

    @Test
    void marksPassWhenWhatCameBeforeIsStored() {
        letters.watermark(5);
        assertThat(next.all).isEmpty();

        letters.passMarks();

        assertThat(next.all).containsExactly("flush", "5");
    }

    @Test
    void lanesAreHeldOnlyIfALinkBehindAsksForThem() {
        var unasked = new SinkLetters(next, site, false);
        unasked.hold(unasked.newBatch(), "item");
        assertThat(stage.held).isEmpty();

        letters.hold(letters.newBatch(), "item");

        assertThat(stage.held).containsExactly(0);
    }

    @Test
    void itemThatATargetRejectsIsDeadAndOfNoLaneOnceItsEpochIsDone() {
        List<Integer> lanes = new ArrayList<>();
        next.onItem = () -> lanes.add(stage.lane);
        Work work = rejected("item");
        work.part().rejections().add(work);
        SinkSlot[] slots = {slot(work.part())};
        stage.lane = 3;
        site.counts().stored = 1;
        assertThat(letters.passRejected(deliveries, slots)).isFalse();

        worker.doneEpoch = 1;
        assertThat(letters.passRejected(deliveries, slots)).isTrue();

        assertThat(next.all).hasSize(1).first().asString().contains("item", "too long");
        assertThat(lanes).containsExactly(StageSite.NO_LANE);
        assertThat(site.counts().stored).isZero();
        assertThat(site.counts().dead).isEqualTo(1);
    }

    @Test
    void endWaitsForAllThatMayBeRejectedAndPassesOnce() {
        SinkSlot[] slots = {slot(HandParts.of("flow.out", staged -> Outcome.committed()))};
        slots[0].written = true;
        letters.end(true);
        assertThat(letters.passRejected(deliveries, slots)).isFalse();
        assertThat(letters.isFinished()).isFalse();

        slots[0].written = false;
        assertThat(letters.passRejected(deliveries, slots)).isTrue();
        assertThat(letters.passRejected(deliveries, slots)).isFalse();

        assertThat(letters.isFinished()).isTrue();
        assertThat(stage.ends).hasSize(1);
    }

    private static Work rejected(String item) {
        DeliveryPart part = HandParts.of("flow.out", staged -> Outcome.committed());
        Work work = HandParts.outbox(HandParts.withOutbox("flow.out", part.partition()), 1, item);
        HandParts.rejectFirst(work, "too long");
        return work;
    }

    private SinkSlot slot(DeliveryPart part) {
        return new SinkSlot(0, new Delivered(part), null, letters.newBatch());
    }

    /** Has something to commit and is not written to. */
    private record Delivered(DeliveryPart delivery) implements SinkPart {

        @Override
        public @Nullable Lane lane(WorkerSite worker) {
            return null;
        }

        @Override
        public void write(List<Object> items) {}

        @Override
        public @Nullable Object snapshot() {
            return null;
        }

        @Override
        public void force() {}

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
