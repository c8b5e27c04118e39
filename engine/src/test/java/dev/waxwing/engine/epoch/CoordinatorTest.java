package dev.waxwing.engine.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.delivery.Delivery;
import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.HandLane;
import dev.waxwing.engine.delivery.HandParts;
import dev.waxwing.engine.delivery.Prepared;
import dev.waxwing.engine.site.HandThreads;
import dev.waxwing.engine.worker.Beginning;
import dev.waxwing.engine.worker.Clock;
import dev.waxwing.engine.worker.Edge;
import dev.waxwing.engine.worker.EpochReport;
import dev.waxwing.engine.worker.Traffic;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.step.DataflowException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CoordinatorTest {

    private static final long INTERVAL_MILLIS = 1_000;
    private static final Traffic NO_TRAFFIC = new Traffic(List.of(), List.of());

    private final SlicedStore store = new SlicedStore();
    private long nowMillis = 0;
    private Instant wall = Instant.parse("2026-03-29T00:30:00Z");
    private final Clock clock = Clock.virtual(() -> nowMillis * 1_000_000, () -> wall);
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

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H"})
    void stopHasTheTimeThatItMayTakeWhateverTheClockIsSetTo(Duration step) {
        coordinator.touched();
        coordinator.stop(clock.steadyMillisIn(Duration.ofSeconds(10)));
        coordinator.step();

        wall = wall.plus(step);
        nowMillis = 9_999;
        assertThat(coordinator.step()).isEqualTo(10_000);
        assertThat(coordinator.ending()).isNull();

        wall = wall.minus(step).minus(step);
        nowMillis = 10_000;
        coordinator.step();
        assertThat(coordinator.ending()).isEqualTo(Coordinator.Ending.ABORTED);
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
        Coordinator held =
                delivering(new Delivery((name, stepId) -> lane, () -> {}, List.of(part), 0));

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
    void sourcesRestFromTheStartIfFourEpochsWereDecidedAndNotDone() {
        var lane = new HandLane();
        DeliveryPart part = HandParts.of("flow.out", staged -> Outcome.committed());
        part.resume(nothing(part), 4, works(part, 4));
        Coordinator held =
                delivering(new Delivery((name, stepId) -> lane, () -> {}, List.of(part), 0));

        assertThat(held.isHeld()).isTrue();
        held.touched();
        nowMillis += 10 * INTERVAL_MILLIS;
        held.step();
        assertThat(held.announcedEpoch()).isZero();

        lane.runNext();
        held.step();
        assertThat(held.isHeld()).isFalse();
    }

    @Test
    void sourcesGoOnAtTheStartIfFewerEpochsWereDecidedAndNotDone() {
        DeliveryPart part = HandParts.of("flow.out", staged -> Outcome.committed());
        part.resume(nothing(part), 3, works(part, 3));

        Coordinator going =
                delivering(
                        new Delivery((name, stepId) -> new HandLane(), () -> {}, List.of(part), 0));

        assertThat(going.isHeld()).isFalse();
    }

    private static Marker nothing(DeliveryPart part) {
        Owner owner = part.owner();
        return new Marker(0, owner.generation(), owner.lineage(), owner.token());
    }

    private static List<Prepared> works(DeliveryPart part, int epochs) {
        return LongStream.rangeClosed(1, epochs)
                .mapToObj(epoch -> new Prepared(part, epoch, List.of("staged")))
                .toList();
    }

    @Test
    void epochWithLessReceivedThanSentIsNotDecided() {
        Coordinator two = ofWorkers(2);
        announce(two);
        two.report(report(0, List.of(new Edge(0, 7), new Edge(1, 5)), List.of(new Edge(0, 3))));
        two.report(report(1, List.of(), List.of(new Edge(0, 4), new Edge(1, 4))));

        assertThatThrownBy(two::step)
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining(
                        "epoch 1: 5 items were sent, but 4 received on edge 1; the epoch is not"
                                + " decided");
        assertThat(two.decidedEpoch()).isZero();
        assertThat(store.log).isEmpty();
    }

    @Test
    void epochWithMoreReceivedThanSentIsNotDecided() {
        announce(coordinator);
        coordinator.report(report(0, List.of(), List.of(new Edge(0, 1))));

        assertThatThrownBy(coordinator::step)
                .hasMessageContaining("0 items were sent, but 1 received on edge 0");
        assertThat(store.log).isEmpty();
    }

    @Test
    void epochInWhichWorkersExchangedWhatTheySentIsDecided() {
        Coordinator two = ofWorkers(2);
        announce(two);
        two.report(report(0, List.of(new Edge(0, 7)), List.of(new Edge(0, 3))));
        two.report(report(1, List.of(new Edge(0, 1)), List.of(new Edge(0, 5))));

        two.step();

        assertThat(store.log).startsWith("decide 1");
    }

    @Test
    void intervalWithoutItemsEndsNoEpoch() {
        for (int interval = 1; interval <= 3; interval++) {
            nowMillis = interval * INTERVAL_MILLIS;
            coordinator.step();
        }
        assertThat(coordinator.announcedEpoch()).isZero();

        coordinator.touched();
        nowMillis += INTERVAL_MILLIS - 1;
        coordinator.step();
        assertThat(coordinator.announcedEpoch()).isZero();
        nowMillis++;
        coordinator.step();

        assertThat(coordinator.announcedEpoch()).isEqualTo(1);
    }

    @Test
    void epochThatIsAskedForEndsThoughNothingFlowed() {
        coordinator.endSoon();

        coordinator.step();

        assertThat(coordinator.announcedEpoch()).isEqualTo(1);
    }

    @Test
    void intervalAfterAnEpochWithoutNewItemsEndsNoOther() {
        decideAnEpoch();
        nowMillis += 2 * INTERVAL_MILLIS;

        coordinator.step();

        assertThat(coordinator.announcedEpoch()).isEqualTo(1);
    }

    @Test
    void lastEpochEndsThoughNothingFlowed() {
        coordinator.ended(0);

        coordinator.step();

        assertThat(coordinator.announcedEpoch()).isEqualTo(1);
    }

    @Test
    void lastEpochIsAnnouncedThoughFourAreNotDone() {
        DeliveryPart part = HandParts.of("flow.out", staged -> Outcome.committed());
        var delivery = new Delivery((name, stepId) -> new HandLane(), () -> {}, List.of(part), 0);
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
    void storeIsLookedAtInEachIntervalThoughNothingFlows() {
        store.hasFiles = true;
        coordinator.step();
        assertThat(coordinator.step()).isEqualTo(INTERVAL_MILLIS);
        store.loss = "the log was deleted";
        nowMillis = INTERVAL_MILLIS - 1;
        coordinator.step();
        nowMillis = INTERVAL_MILLIS;

        assertThatThrownBy(coordinator::step).hasMessage("the log was deleted");
        assertThat(store.log).isEmpty();
    }

    @Test
    void storeIsLookedAtWhileSinksCommitNothing() {
        store.hasFiles = true;
        DeliveryPart part = HandParts.of("flow.out", staged -> Outcome.committed());
        Coordinator held =
                delivering(
                        new Delivery((name, step) -> new HandLane(), () -> {}, List.of(part), 0));
        LongStream.rangeClosed(1, 4).forEach(epoch -> decide(held, part, epoch));
        assertThat(held.step()).isEqualTo(nowMillis + INTERVAL_MILLIS);

        store.loss = "the log was deleted";
        nowMillis += INTERVAL_MILLIS;

        assertThatThrownBy(held::step).hasMessage("the log was deleted");
    }

    @Test
    void storeIsLookedAtOnceASecondWhereEpochsEndWithEachBatch() {
        store.hasFiles = true;
        Coordinator each =
                new Coordinator(
                        beginning(0, 1),
                        0,
                        clock,
                        store,
                        new Delivery((name, step) -> new HandLane(), () -> {}, List.of(), 0),
                        nobody());

        assertThat(each.step()).isEqualTo(1_000);
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
                        List.of(new Prepared(part, epoch, List.of("staged " + epoch))),
                        NO_TRAFFIC));
        deciding.step();
    }

    private Coordinator delivering(Delivery delivery) {
        return new Coordinator(beginning(0, 1), INTERVAL_MILLIS, clock, store, delivery, nobody());
    }

    private Coordinator settling(long settledEpoch) {
        return coordinator(settledEpoch, 1);
    }

    private Coordinator ofWorkers(int workers) {
        return coordinator(0, workers);
    }

    private Coordinator coordinator(long settledEpoch, int workers) {
        return new Coordinator(
                beginning(settledEpoch, workers),
                INTERVAL_MILLIS,
                clock,
                store,
                new Delivery(HandThreads.lanes(), () -> {}, List.of(), 0),
                nobody());
    }

    private static Beginning beginning(long settledEpoch, int workers) {
        return new Beginning(workers, 0, settledEpoch, 0, Pace.of(INTERVAL_MILLIS));
    }

    private static Coordinator.Signals nobody() {
        return new Coordinator.Signals(List.of(() -> {}), () -> {});
    }

    private void announce(Coordinator announcing) {
        announcing.touched();
        nowMillis = INTERVAL_MILLIS;
        announcing.step();
        assertThat(announcing.announcedEpoch()).isEqualTo(1);
    }

    private void decideAnEpoch() {
        coordinator.touched();
        nowMillis = INTERVAL_MILLIS;
        coordinator.step();
        coordinator.report(report(1));
        coordinator.step();
    }

    private static EpochReport report(int worker, List<Edge> sent, List<Edge> received) {
        return new EpochReport(
                worker, 1, List.of(), List.of(), List.of(), new Traffic(sent, received));
    }

    private static EpochReport report(long epoch) {
        return new EpochReport(0, epoch, List.of(), List.of(), List.of(), NO_TRAFFIC);
    }

    /** Has housekeeping for some calls. */
    private static final class SlicedStore implements EpochStore {

        private final List<String> log = new ArrayList<>();
        private int slices;
        private boolean hasFiles;
        private String loss = "";

        @Override
        public boolean check() {
            if (!loss.isEmpty()) {
                throw new RecoveryException(loss);
            }
            return hasFiles;
        }

        @Override
        public void decide(long epoch, List<StatePage> pages, long ranMillis) {
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
