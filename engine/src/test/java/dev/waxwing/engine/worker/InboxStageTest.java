package dev.waxwing.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.channel.Mark;
import dev.waxwing.engine.channel.Receiver;
import dev.waxwing.engine.channel.Sender;
import dev.waxwing.engine.site.Polled;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of what comes from two senders, and of which lane it is. */
final class InboxStageTest {

    private final List<String> all = new ArrayList<>();
    private final List<Integer> lanes = new ArrayList<>();
    private final HandEpochs epochs = new HandEpochs();
    private final Worker worker = HandHost.worker(epochs);
    private final Sender first = new Sender(16, 4, () -> {}, () -> {});
    private final Sender second = new Sender(16, 4, () -> {}, () -> {});
    private final List<Receiver> receivers =
            List.of(new Receiver(first, 1_000_000), new Receiver(second, 1_000_000));
    private final InboxStage stage = stage(List.of(), InboxStage::driveAny);

    @Test
    void epochEndsWhenItHasEndedInBothAndNothingComesFromBehindIt() {
        first.mark(new Mark.Barrier(1));
        first.add(null, "behind");
        run();
        assertThat(told()).isEmpty();

        second.add(null, "before");
        second.mark(new Mark.Barrier(1));
        run();

        assertThat(told()).containsExactly("before", "epoch 1", "behind");
        assertThat(stage.epoch()).isEqualTo(2);
    }

    @Test
    void eachEpochWaitsForBoth() {
        first.mark(new Mark.Barrier(1));
        second.mark(new Mark.Barrier(1));
        first.mark(new Mark.Barrier(2));
        run();
        assertThat(told()).containsExactly("epoch 1");

        second.mark(new Mark.Barrier(2));
        run();

        assertThat(told()).containsExactly("epoch 1", "epoch 2");
    }

    @Test
    void timeIsThatOfTheOneBehindUntilThatHasEnded() {
        first.mark(new Mark.Watermark(100));
        second.mark(new Mark.Watermark(5));
        run();
        assertThat(told()).containsExactly("5");
        assertThat(stage.isLaneEnded(1)).isFalse();

        second.mark(new Mark.End());
        run();

        assertThat(told()).containsExactly("5", "100");
        assertThat(stage.isLaneEnded(1)).isTrue();
        assertThat(stage.isEnded()).isFalse();
    }

    @Test
    void timeOfTheOneAheadComesBeforeTheEnd() {
        first.mark(new Mark.Watermark(100));
        first.mark(new Mark.End());
        second.mark(new Mark.Watermark(5));
        second.mark(new Mark.End());

        run();

        assertThat(told()).containsExactly("5", "100", "end");
        assertThat(stage.isEnded()).isTrue();
    }

    @Test
    void itemsBehindAMarkDoNotOvertakeIt() {
        first.mark(new Mark.End());
        second.add(null, "before");
        second.mark(new Mark.Watermark(5));
        second.add(null, "behind");

        run();

        assertThat(told()).containsExactly("before", "5", "behind");
    }

    @Test
    void marksWaitForLinksThatHoldItems() {
        boolean[] holds = {true};
        stage.poll(
                new Polled() {
                    @Override
                    public boolean poll() {
                        return false;
                    }

                    @Override
                    public long dueMillis() {
                        return Long.MAX_VALUE;
                    }

                    @Override
                    public boolean takesMarks() {
                        return !holds[0];
                    }
                });
        first.mark(new Mark.Watermark(5));
        second.mark(new Mark.Watermark(5));
        second.add(null, "behind");
        first.mark(new Mark.Barrier(1));
        second.mark(new Mark.Barrier(1));
        first.mark(new Mark.End());
        second.mark(new Mark.End());
        run();
        assertThat(told()).isEmpty();

        holds[0] = false;
        run();

        assertThat(told()).containsExactly("5", "behind", "epoch 1", "end");
    }

    @Test
    void barrierWaitsForLinksThatHoldItems() {
        boolean[] holds = {false};
        stage.poll(
                new Polled() {
                    @Override
                    public boolean poll() {
                        return false;
                    }

                    @Override
                    public long dueMillis() {
                        return Long.MAX_VALUE;
                    }

                    @Override
                    public boolean takesMarks() {
                        return !holds[0];
                    }
                });
        first.mark(new Mark.Barrier(1));
        run();
        holds[0] = true;
        second.mark(new Mark.Barrier(1));
        run();
        assertThat(told()).isEmpty();

        holds[0] = false;
        run();
        assertThat(told()).containsExactly("epoch 1");
        holds[0] = true;
        first.mark(new Mark.End());
        run();
        second.mark(new Mark.End());
        run();
        assertThat(stage.isEnded()).isFalse();
    }

    @Test
    void activationEndsBehindItsItems() {
        first.add(null, "a");
        assertThat(stage.dueMillis()).isEqualTo(Long.MIN_VALUE);

        stage.run();

        assertThat(all).containsExactly("a", "flush");
        assertThat(epochs.touches).isPositive();
        assertThat(stage.dueMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void senderOfWhichSomethingIsOnItsWayIsNotSilent() {
        assertThat(stage.silentMillis(0)).isNotEqualTo(Long.MIN_VALUE);

        first.add(null, "a");

        assertThat(stage.silentMillis(0)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void laneOfABatchIsHeldUntilItsLastItem() {
        InboxStage slow =
                stage(
                        List.of(),
                        (head, batch, from, budget) -> {
                            head.push(batch.key(from), batch.value(from));
                            return from + 1;
                        });
        measure();
        first.add(null, "a");
        first.add(null, "b");
        first.add(null, "c");
        first.handOver();

        slow.run();
        assertThat(slow.isHolding(0)).isTrue();
        slow.run();
        assertThat(slow.isHolding(0)).isTrue();
        slow.run();
        assertThat(slow.isHolding(0)).isFalse();
        assertThat(told()).containsExactly("a", "b", "c");
    }

    @Test
    void lanesOfMergedStagesLieOneAfterAnother() {
        InboxStage merged =
                stage(List.of(source(SourceStatus.OPEN, SourceStatus.OPEN), three()), null);
        first.lane(1);
        first.add(null, "a");
        second.lane(2);
        second.add(null, "b");
        second.lane(StageSite.NO_LANE);
        second.add(null, "c");

        while (merged.run()) {}

        assertThat(merged.laneCount()).isEqualTo(5);
        assertThat(told()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(lanes).containsExactlyInAnyOrder(1, 4, StageSite.NO_LANE);
    }

    @Test
    void laneOfAMergedStageEndsWhenNothingOfItIsOnItsWay() {
        InboxStage merged =
                stage(List.of(source(SourceStatus.OPEN, SourceStatus.OPEN), three()), null);
        assertThat(endedLanes(merged)).containsExactly(false, false, false, true, false);
        assertThat(merged.silentMillis(2)).isNotEqualTo(Long.MIN_VALUE);
        assertThat(merged.silentMillis(4)).isNotEqualTo(Long.MIN_VALUE);

        merged.hold(3);
        assertThat(merged.isLaneEnded(3)).isFalse();
        assertThat(merged.silentMillis(3)).isEqualTo(Long.MIN_VALUE);
        merged.letGo(3);
        second.add(null, "a");
        assertThat(merged.isLaneEnded(3)).isFalse();
        assertThat(merged.silentMillis(4)).isEqualTo(Long.MIN_VALUE);
    }

    private static List<Boolean> endedLanes(InboxStage merged) {
        return List.of(0, 1, 2, 3, 4).stream().map(merged::isLaneEnded).toList();
    }

    /* The second of its lanes has ended. */
    private SourceStage three() {
        return source(SourceStatus.OPEN, SourceStatus.ENDED, SourceStatus.OPEN);
    }

    private SourceStage source(SourceStatus... partitions) {
        var hand = new HandSource(worker, false);
        for (SourceStatus each : partitions) {
            StatelessSourcePartition<Object> partition = out -> each;
            hand.add(partition);
        }
        hand.stage.run();
        return hand.stage;
    }

    /* The receiver is fast, so that more than one item is a batch. */
    private void measure() {
        first.add(null, "measured");
        receivers.get(0).poll(0);
        receivers.get(0).poll(1);
    }

    private void run() {
        while (stage.run()) {}
    }

    private List<String> told() {
        return ListingLink.told(all);
    }

    private InboxStage stage(List<SourceStage> merged, InboxStage.BatchDriver driver) {
        var made =
                new InboxStage(
                        1,
                        worker,
                        receivers,
                        merged,
                        driver == null ? InboxStage::driveAny : driver);
        made.start(new ListingLink(all, () -> lanes.add(made.lane())));
        return made;
    }
}
