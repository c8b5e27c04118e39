package dev.waxwing.embedded.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.embedded.delivery.Delivery;
import dev.waxwing.embedded.delivery.DeliveryPart;
import dev.waxwing.embedded.delivery.HandLane;
import dev.waxwing.embedded.delivery.HandParts;
import dev.waxwing.embedded.delivery.Work;
import dev.waxwing.embedded.link.PartitionThread;
import dev.waxwing.embedded.worker.Edge;
import dev.waxwing.embedded.worker.EpochReport;
import dev.waxwing.recovery.StatePage;
import dev.waxwing.sink.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class CoordinatorTest {

    private static final long INTERVAL_MILLIS = 1_000;

    private final SlicedStore store = new SlicedStore();
    private long nowMillis = 0;
    private final Coordinator coordinator = settling(0);

    @Test
    void housekeepingIsDoneASliceAStepAfterAnEpochIsDone() {
        store.slices = 3;
        decideAnEpoch();

        assertThat(store.log).containsExactly("decide 1", "done 1", "collect");
        assertThat(coordinator.step()).isEqualTo(Long.MIN_VALUE);
        assertThat(coordinator.step()).isEqualTo(2 * INTERVAL_MILLIS);
        assertThat(coordinator.step()).isEqualTo(2 * INTERVAL_MILLIS);
        assertThat(store.log)
                .containsExactly("decide 1", "done 1", "collect", "collect", "collect");
    }

    @Test
    void housekeepingWaitsWhileAnEpochIsOwed() {
        store.slices = 3;
        decideAnEpoch();
        coordinator.touched();
        nowMillis = 2 * INTERVAL_MILLIS;

        coordinator.step();

        assertThat(coordinator.announcedEpoch()).isEqualTo(2);
        assertThat(store.log).containsExactly("decide 1", "done 1", "collect");
    }

    @Test
    void epochsEndAtOnceUntilEverythingHasSettled() {
        Coordinator settling = settling(2);

        settling.step();
        assertThat(settling.announcedEpoch()).isEqualTo(1);
        settling.report(report(1));
        settling.step();
        assertThat(settling.announcedEpoch()).isEqualTo(2);
        settling.report(report(2));
        settling.step();
        assertThat(settling.announcedEpoch()).isEqualTo(2);
        assertThat(settling.step()).isEqualTo(INTERVAL_MILLIS);
    }

    @Test
    void inputThatEndsAfterTheLastBarrierOfAStopIsNotComplete() {
        coordinator.touched();
        coordinator.stop(Long.MAX_VALUE);
        coordinator.step();
        coordinator.report(report(1));
        coordinator.ended(0);

        coordinator.step();

        assertThat(coordinator.ending()).isEqualTo(Coordinator.Ending.STOPPED);
    }

    @Test
    void sourcesRestWhileFourEpochsAreDecidedAndNotDone() {
        var lane = new HandLane();
        DeliveryPart part = HandParts.of("flow.out", staged -> Outcome.committed());
        Coordinator held = delivering(new Delivery(name -> lane, () -> {}, List.of(part), 0));

        decide(held, part, 1);
        decide(held, part, 2);
        decide(held, part, 3);
        assertThat(held.isHeld()).isFalse();
        decide(held, part, 4);
        assertThat(held.isHeld()).isTrue();

        lane.runNext();
        held.step();
        assertThat(held.doneEpoch()).isEqualTo(1);
        assertThat(held.isHeld()).isFalse();
    }

    @Test
    void lastEpochIsAnnouncedThoughFourAreNotDone() {
        DeliveryPart part = HandParts.of("flow.out", staged -> Outcome.committed());
        var delivery = new Delivery(name -> new HandLane(), () -> {}, List.of(part), 0);
        Coordinator held = delivering(delivery);
        LongStream.rangeClosed(1, 4).forEach(epoch -> decide(held, part, epoch));

        held.touched();
        nowMillis += 2 * INTERVAL_MILLIS;
        held.step();
        assertThat(held.announcedEpoch()).isEqualTo(4);
        held.ended(0);
        held.step();
        assertThat(held.announcedEpoch()).isEqualTo(5);
    }

    @Test
    void epochInWhichItemsWentAstrayIsNotDecided() {
        coordinator.touched();
        nowMillis = INTERVAL_MILLIS;
        coordinator.step();
        coordinator.report(
                new EpochReport(
                        0,
                        1,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Edge(3, 5)),
                        List.of(new Edge(3, 4))));

        assertThatThrownBy(coordinator::step)
                .hasMessageContaining("1 more items were sent than received on edge 3");
        assertThat(store.log).isEmpty();
    }

    private void decide(Coordinator deciding, DeliveryPart part, long epoch) {
        deciding.touched();
        nowMillis += 2 * INTERVAL_MILLIS;
        deciding.step();
        deciding.report(
                new EpochReport(
                        0,
                        epoch,
                        List.of(),
                        List.of(),
                        List.of(new Work(part, epoch, List.of("staged " + epoch))),
                        List.of(),
                        List.of(),
                        List.of()));
        deciding.step();
    }

    private Coordinator delivering(Delivery delivery) {
        return new Coordinator(
                0,
                0,
                INTERVAL_MILLIS,
                1,
                () -> nowMillis,
                store,
                delivery,
                List.of(() -> {}),
                () -> {});
    }

    private Coordinator settling(long settledEpoch) {
        return new Coordinator(
                0,
                settledEpoch,
                INTERVAL_MILLIS,
                1,
                () -> nowMillis,
                store,
                new Delivery(PartitionThread::new, () -> {}, List.of(), 0),
                List.of(() -> {}),
                () -> {});
    }

    private void decideAnEpoch() {
        coordinator.touched();
        nowMillis = INTERVAL_MILLIS;
        coordinator.step();
        coordinator.report(report(1));
        coordinator.step();
    }

    private static EpochReport report(long epoch) {
        return new EpochReport(
                0, epoch, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** Has housekeeping for some calls. */
    private static final class SlicedStore implements EpochStore {

        private final List<String> log = new ArrayList<>();
        private int slices;

        @Override
        public void decide(long epoch, List<StatePage> pages) {
            log.add("decide " + epoch);
        }

        @Override
        public void done(long epoch) {
            log.add("done " + epoch);
        }

        @Override
        public boolean collect() {
            log.add("collect");
            slices--;
            return slices > 0;
        }
    }
}
