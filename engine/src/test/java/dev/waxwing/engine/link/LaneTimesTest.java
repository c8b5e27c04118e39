package dev.waxwing.engine.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.delivery.HandParts;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.sink.Outcome;
import dev.waxwing.step.WatermarkOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The time of one lane: which marks it gives, what comes before them, and what is stored. */
final class LaneTimesTest {

    private static final WatermarkOptions TIME =
            WatermarkOptions.outOfOrderBy(Duration.ZERO).withIdleTimeout(Duration.ofMillis(10));

    private final HandWorker worker = new HandWorker();
    private final HandStage stage = new HandStage();
    private final StepSite site =
            new StepSite(
                    HandParts.of("flow.time", staged -> Outcome.committed()).step(), worker, stage);
    private final Map<Object, Object> stored = new HashMap<>();
    private final HandLink told = new HandLink(site);

    @Test
    void markThatNoActivationMakesComesBehindAFlush() {
        LaneTimes times = times();
        times.hear(0);
        times.saw(0, 5);
        times.endActivation();
        assertThat(told.all).containsExactly("5");
        told.all.clear();

        fallSilent();

        assertThat(times.poll()).isTrue();
        assertThat(told.all).containsExactly("flush", "idle");
    }

    @Test
    void newestTimeIsStoredWhenItHasMoved() {
        LaneTimes times = times();
        times.hear(0);
        times.saw(0, 5);
        times.saw(0, 3);
        times.endActivation();
        times.endEpoch();
        assertThat(stored).isEqualTo(Map.of("worker 0", 5L));
        stored.clear();

        times.endEpoch();
        assertThat(stored).isEmpty();
    }

    @Test
    void restoredTimeMovesNothingBeforeTheLaneIsSilent() {
        LaneTimes times = times();
        times.restore(7);
        times.hear(0);
        times.saw(0, 2);
        times.endActivation();
        assertThat(told.all).containsExactly("2");
        times.endEpoch();
        assertThat(stored).isEmpty();
        told.all.clear();

        fallSilent();
        times.poll();

        assertThat(told.all).containsExactly("flush", "7", "idle");
    }

    @Test
    void timeStandsWhileSomethingWithoutALaneIsHeld() {
        LaneTimes times = times();
        times.hear(0);
        times.saw(0, 5);
        times.endActivation();
        stage.hold(StageSite.NO_LANE);
        fallSilent();

        assertThat(times.poll()).isFalse();
        stage.letGo(StageSite.NO_LANE);
        assertThat(times.poll()).isTrue();
    }

    @Test
    void timeThatWaitedIsToldWhenNothingIsHeldAnyMore() {
        LaneTimes times = times();
        stage.hold(StageSite.NO_LANE);
        times.hear(0);
        times.saw(0, 5);
        times.endActivation();
        assertThat(times.poll()).isFalse();
        assertThat(told.all).containsOnly("flush");
        told.all.clear();

        stage.letGo(StageSite.NO_LANE);
        assertThat(times.poll()).isTrue();

        assertThat(told.all).containsExactly("flush", "5");
    }

    @Test
    void timeStandsWhileAnEarlierExecutionsCallsAreSettled() {
        LaneTimes times = times();
        times.hear(0);
        times.saw(0, 5);
        stage.settling = true;
        times.endActivation();
        fallSilent();
        assertThat(times.poll()).isFalse();
        assertThat(told.all).containsOnly("flush");
        told.all.clear();

        stage.settling = false;
        assertThat(times.poll()).isTrue();
        assertThat(told.all).containsExactly("flush", "5", "idle");
    }

    @Test
    void silentLaneIsIdleUntilItsNextItem() {
        LaneTimes times = times();
        times.hear(0);
        times.saw(0, 5);
        times.endActivation();
        fallSilent();
        times.poll();
        told.all.clear();
        worker.now += 1;

        times.hear(0);
        times.saw(0, 9);
        times.endActivation();

        assertThat(told.all).containsExactly("9");
    }

    @Test
    void whatIsKnownIsToldBeforeTheEpochEnds() {
        LaneTimes times = times();
        times.hear(0);
        times.saw(0, 5);

        times.endEpoch();

        assertThat(told.all).containsExactly("5");
    }

    @Test
    void restoredTimeIsAsFarBehindAsAnyOther() {
        LaneTimes times =
                times(
                        WatermarkOptions.outOfOrderBy(Duration.ofNanos(3_000))
                                .withIdleTimeout(TIME.idleTimeout()));
        times.restore(7);
        times.endEpoch();
        fallSilent();
        times.poll();

        assertThat(told.all).containsExactly("flush", "4", "idle");
    }

    @Test
    void newestOfAllRestoredTimesCounts() {
        LaneTimes times = times();
        times.restore(7);
        times.restore(3);

        fallSilent();
        times.poll();
        fallSilent();
        times.poll();

        assertThat(told.told()).containsExactly("7", "idle");
    }

    @Test
    void laneIsHeardAnewInEachActivation() {
        LaneTimes times = times();
        times.hear(0);
        assertThat(times.lane()).isZero();

        times.endActivation();

        assertThat(times.lane()).isNotZero();
    }

    @Test
    void activationInWhichNothingCameTellsNothing() {
        LaneTimes times = times();
        hear(times, 5);
        told.all.clear();
        fallSilent();

        times.endActivation();

        assertThat(told.all).isEmpty();
    }

    @Test
    void endComesBehindWhatIsKnownAndSaysItself() {
        LaneTimes times = times();
        times.hear(0);
        times.saw(0, 5);
        fallSilent();

        times.end();

        assertThat(told.all).containsExactly("5");
    }

    @Test
    void nothingIsToldAfterTheEnd() {
        LaneTimes times = times();
        hear(times, 5);
        times.end();
        told.all.clear();
        fallSilent();

        assertThat(times.dueMillis()).isEqualTo(Long.MAX_VALUE);
        stage.laneEnded = true;
        assertThat(times.poll()).isFalse();
        times.endEpoch();
        assertThat(told.all).isEmpty();
    }

    @Test
    void laneThatHasEndedIsNotWaitedForAnyMore() {
        LaneTimes times = times();
        hear(times, 5);
        told.all.clear();

        stage.laneEnded = true;

        assertThat(times.dueMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(times.poll()).isTrue();
        assertThat(told.all).containsExactly("flush", "idle");
    }

    @Test
    void timeThatMovedWhileSomethingWasHeldIsToldAfterwards() {
        LaneTimes times = times();
        hear(times, 5);
        stage.hold(StageSite.NO_LANE);
        hear(times, 9);
        assertThat(told.all).containsExactly("5");

        stage.letGo(StageSite.NO_LANE);
        times.poll();

        assertThat(told.told()).containsExactly("5", "9");
    }

    @Test
    void workerIsBackWhenTheLaneWillHaveBeenSilentForLongEnough() {
        LaneTimes times = times();
        worker.now = 100;
        hear(times, 5);

        assertThat(times.dueMillis()).isEqualTo(110);
    }

    /* Each of them would have the worker come back at once, for ever. */
    @Test
    void workerIsNotBackForWhatTimeAloneDoesNotChange() {
        LaneTimes times = times();
        hear(times, 5);
        worker.now += 10;
        assertThat(times.dueMillis()).as("not asked").isEqualTo(Long.MAX_VALUE);

        stage.silentMillis = worker.now;
        stage.hold(StageSite.NO_LANE);
        assertThat(times.dueMillis()).as("something is held").isEqualTo(Long.MAX_VALUE);

        stage.letGo(StageSite.NO_LANE);
        times.poll();
        assertThat(times.dueMillis()).as("idle").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void itemsTimeIsBehindByTheOutOfOrderness() {
        LaneTimes times = times(WatermarkOptions.outOfOrderBy(Duration.ofNanos(3_000)));

        hear(times, 9);

        assertThat(told.all).containsExactly("6");
    }

    @Test
    void silentLaneStaysIdleThoughItIsNotAskedAgain() {
        LaneTimes times = times();
        hear(times, 5);
        fallSilent();
        times.poll();
        told.all.clear();

        stage.silentMillis = Long.MIN_VALUE;
        times.endEpoch();

        assertThat(told.all).isEmpty();
    }

    @Test
    void laneThatWasNeverHeardIsWaitedForFromTheStart() {
        LaneTimes times = times();
        worker.now = 100;
        stage.silentMillis = 100;
        times.poll();
        assertThat(told.told()).isEmpty();

        fallSilent();
        times.poll();

        assertThat(told.told()).containsExactly("idle");
    }

    @Test
    void laneIsNotIdleInTheMillisecondOfItsItem() {
        LaneTimes times =
                times(
                        WatermarkOptions.outOfOrderBy(Duration.ZERO)
                                .withIdleTimeout(Duration.ofNanos(1)));
        worker.now = 100;
        stage.silentMillis = 100;

        hear(times, 5);

        assertThat(told.all).containsExactly("5");
    }

    @Test
    void pollThatHasNothingToTellDisturbsNobody() {
        LaneTimes times = times();
        hear(times, 5);
        told.all.clear();

        assertThat(times.poll()).isFalse();

        assertThat(told.all).isEmpty();
    }

    private static void hear(LaneTimes times, long micros) {
        times.hear(0);
        times.saw(0, micros);
        times.endActivation();
    }

    private void fallSilent() {
        worker.now += 10;
        stage.silentMillis = worker.now;
    }

    private LaneTimes times() {
        return times(TIME);
    }

    private LaneTimes times(WatermarkOptions time) {
        ChangeLog log =
                new ChangeLog() {
                    @Override
                    public void put(Object key, Object state) {
                        stored.put(key, state);
                    }

                    @Override
                    public void remove(Object key) {
                        stored.remove(key);
                    }
                };
        return new LaneTimes(time, told, site, log);
    }
}
