package dev.waxwing.engine.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.HandLane;
import dev.waxwing.engine.delivery.HandParts;
import dev.waxwing.engine.delivery.Lane;
import dev.waxwing.engine.delivery.OutboxEntry;
import dev.waxwing.engine.delivery.Prepared;
import dev.waxwing.engine.delivery.Work;
import dev.waxwing.engine.link.HandLink;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.recovery.segment.SegmentRef;
import dev.waxwing.sink.Outcome;
import dev.waxwing.step.StepFailedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The ledger of a sink: what has come to it is in an outbox when its epoch is reported. */
final class EpochSinkLinkTest {

    private final HandLane lane = new HandLane();
    private final HandWorker worker = new HandWorker();

    @Test
    void outboxThatHasAllItemsOfItsEpochIsDelivered() {
        EpochSinkLink link = writing(3);

        write(link, "first", "second");
        write(link, "third");
        link.barrier(1);
        assertThat(link.isPrepared()).isFalse();
        lane.runNext();
        link.poll();

        assertThat(link.isPrepared()).isTrue();
        assertThat(worker.reported).extracting(Work::epoch).containsExactly(1L);
    }

    @Test
    void itemThatIsMissingInTheOutboxStopsTheEpoch() {
        EpochSinkLink link = writing(2);

        assertThatThrownBy(() -> prepare(link))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("partition 'a' has stored 3 items")
                .hasMessageContaining("an epoch whose outbox has 2");
        assertThat(worker.reported).isEmpty();
    }

    @Test
    void outboxThatIsMissingStopsTheEpoch() {
        EpochSinkLink link = writing(0);

        assertThatThrownBy(() -> prepare(link)).hasMessageContaining("whose outbox has 0");
    }

    @Test
    void endOfAnEpochThatOvertakesItemsIsFound() {
        EpochSinkLink link = writing(3);
        link.push(null, "first");
        link.flush();

        assertThatThrownBy(() -> link.barrier(1))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("received 1 items, but stored 0 and put aside 0");
    }

    @Test
    void watermarkOfDeadLettersWaitsUntilItsEpochIsDone() {
        var letters = new HandLink();
        EpochSinkLink link = writing(3, letters);

        link.watermark(5);
        link.flush();
        link.barrier(1);
        assertThat(letters.told()).containsExactly("epoch 1");

        worker.doneEpoch = 1;
        link.poll();

        assertThat(letters.told()).containsExactly("epoch 1", "5");
    }

    /* Gives it three items, one of them in a batch of its own, and ends the epoch. */
    private void prepare(EpochSinkLink link) {
        write(link, "first", "second");
        write(link, "third");
        link.barrier(1);
        lane.runNext();
        link.poll();
    }

    private void write(EpochSinkLink link, String... items) {
        for (String item : items) {
            link.push(null, item);
        }
        link.flush();
        lane.runNext();
        link.poll();
    }

    /* To an outbox that has some number of items, whatever it was given. */
    private EpochSinkLink writing(long kept) {
        return writing(kept, null);
    }

    private EpochSinkLink writing(long kept, @Nullable Link letters) {
        DeliveryPart part = HandParts.of("flow.out", staged -> Outcome.committed());
        var site = new StepSite(part.step(), worker, new HandStage());
        ChangeLog nowhere =
                new ChangeLog() {
                    @Override
                    public void put(Object key, Object state) {}

                    @Override
                    public void remove(Object key) {}
                };
        var sinkLetters = new SinkLetters(letters, site, false);
        var outbox = new OneOutbox(new Outbox(part, lane, kept));
        var link =
                new EpochSinkLink(
                        new SinkWriter<>(outbox, sinkLetters, site),
                        sinkLetters,
                        new Deliveries(List.of(part), nowhere, nowhere, worker),
                        site,
                        site);
        link.open(0, null);
        return link;
    }

    private record OneOutbox(Outbox outbox) implements SinkParts<EpochPart> {

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
            return "a";
        }

        @Override
        public EpochPart open(int part, @Nullable Object resumeState) {
            return outbox;
        }
    }

    private record Outbox(DeliveryPart delivery, Lane lane, long kept) implements EpochPart {

        @Override
        public boolean isStore() {
            return true;
        }

        @Override
        public SinkCalls calls(StepSite site) {
            return new LaneCalls(lane, this, site.worker().signal());
        }

        @Override
        public void write(List<Object> items) {}

        @Override
        public @Nullable Prepared prepare(long epoch, long nowMillis) {
            var entry = new OutboxEntry(new SegmentRef("outbox", 100, kept, 0), 0, 0, 0, nowMillis);
            return kept == 0 ? null : new Prepared(delivery, epoch, List.of(entry));
        }

        @Override
        public void onEndOfInput() {}

        @Override
        public void close() {}
    }
}
