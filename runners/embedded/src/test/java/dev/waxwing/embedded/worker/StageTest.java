package dev.waxwing.embedded.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.FailurePolicy;
import dev.waxwing.embedded.channel.Pace;
import dev.waxwing.embedded.channel.Receiver;
import dev.waxwing.embedded.channel.Sender;
import dev.waxwing.embedded.link.DropLink;
import dev.waxwing.embedded.link.Link;
import dev.waxwing.embedded.link.PartitionThreads;
import dev.waxwing.embedded.link.Patience;
import dev.waxwing.embedded.link.PendingItem;
import dev.waxwing.embedded.link.Polled;
import dev.waxwing.embedded.link.SourceLink;
import dev.waxwing.embedded.link.StageSite;
import dev.waxwing.embedded.link.StepSite;
import dev.waxwing.plan.CoreOperator;
import dev.waxwing.plan.CoreStep;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StageTest {

    private final List<String> log = new ArrayList<>();

    @Test
    void aRunDoesOneSliceAndTakesNeitherInputNorMarksBeforeTheLast() {
        SourceStage stage = reading();
        int[] left = {3};
        stage.defer(
                () -> {
                    log.add("slice");
                    return --left[0] == 0;
                });
        stage.mark(() -> log.add("mark"));

        assertThat(stage.run()).isTrue();
        assertThat(log).containsExactly("slice");
        assertThat(stage.dueMillis()).isEqualTo(Long.MIN_VALUE);
        stage.run();
        assertThat(log).containsExactly("slice", "slice");
        stage.run();
        assertThat(log).containsExactly("slice", "slice", "slice", "mark", "read");
    }

    @Test
    void linksAreAskedInTheOrderInWhichTheyWereMadeDownstreamFirst() {
        SourceStage stage = reading();
        stage.poll(asked("downstream"));
        stage.poll(asked("upstream"));

        stage.run();

        assertThat(log).containsExactly("downstream", "upstream", "read");
    }

    @Test
    void whetherAMarkPassesIsAskedAfterTheFlushBeforeIt() {
        SourceStage stage = reading();
        boolean[] held = {false};
        stage.start(new Flushed(() -> held[0] = true));
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
                        return !held[0];
                    }
                });
        stage.mark(() -> log.add("mark"));

        stage.run();

        assertThat(log).isEmpty();
    }

    @Test
    void whatIsHeldIsReleasedUpstreamFirstUntilNothingIsLeft() {
        SourceStage stage = reading();
        stage.poll(holding("downstream", 2));
        stage.poll(holding("upstream", 1));
        stage.mark(() -> log.add("mark"));

        stage.run();

        assertThat(log).containsExactly("upstream", "downstream", "downstream", "mark", "read");
    }

    @Test
    void itemsOfAnotherLaneAreApartFromThoseBeforeAndAfter() {
        SourceStage stage = reading();
        stage.lane(3);
        Link to = new Flushed(() -> log.add("flush in " + stage.lane()));
        stage.passAs(5, to, () -> log.add("items in " + stage.lane()));
        assertThat(log).containsExactly("items in 5");
        log.clear();

        stage.endActivationsByLane();
        stage.passAs(5, to, () -> log.add("items in " + stage.lane()));
        stage.passAs(3, to, () -> log.add("items in " + stage.lane()));

        assertThat(log).containsExactly("flush in 3", "items in 5", "flush in 5", "items in 3");
        assertThat(stage.lane()).isEqualTo(3);
    }

    @Test
    void markWaitsForWhatTheFlushBeforeItHasDeferred() {
        SourceStage stage = reading();
        boolean[] deferred = {false};
        stage.start(
                new Flushed(
                        () -> {
                            if (!deferred[0]) {
                                deferred[0] = true;
                                stage.defer(() -> log.add("slice"));
                            }
                        }));
        stage.mark(() -> log.add("mark"));

        stage.run();
        stage.run();

        assertThat(log).startsWith("slice", "mark");
    }

    @Test
    void partitionWhoseCallIsMadeAgainIsNotSilent() {
        SourceStage stage =
                reading(
                        FailurePolicy.retry(3).withBackOff(Duration.ofDays(1), Duration.ofDays(1)),
                        out -> {
                            throw new IOException("for now");
                        });

        stage.run();

        assertThat(stage.silentMillis(0)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void partitionOfWhichItemsAreLeftIsNotSilent() {
        SourceStage stage = reading(SourceStatus.OPEN);
        stage.run();

        String place = PendingItem.place(1, 0, "part");
        stage.restore(new TreeMap<>(Map.of(place, new PendingItem("left", null))));

        assertThat(stage.silentMillis(0)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void laneOfWhichSomethingIsHeldIsNeitherSilentNorEnded() {
        SourceStage stage = reading(SourceStatus.OPEN);
        stage.run();
        assertThat(stage.silentMillis(0)).isNotEqualTo(Long.MIN_VALUE);
        stage.hold(0);
        assertThat(stage.silentMillis(0)).isEqualTo(Long.MIN_VALUE);

        SourceStage ended = reading();
        ended.run();
        assertThat(ended.isLaneEnded(0)).isTrue();
        ended.hold(0);
        assertThat(ended.isLaneEnded(0)).isFalse();
    }

    /* What an item sets off on its way can end the activation of other lanes behind. */
    @Test
    void laneOfWhichItemsAreOnTheirWayHasNotEnded() {
        List<Boolean> ended = new ArrayList<>();
        SourceStage stage = reading();
        stage.start(new Flushed(() -> ended.add(stage.isLaneEnded(0))));

        stage.run();

        assertThat(ended).startsWith(false);
        assertThat(stage.isLaneEnded(0)).isTrue();
    }

    @Test
    void laneWhoseItemsGoOnAfterThoseOfAnotherHasNotEnded() {
        List<Boolean> ended = new ArrayList<>();
        SourceStage stage = reading();
        stage.run();
        stage.endActivationsByLane();
        stage.lane(0);
        Link to = new Flushed(() -> ended.add(stage.isLaneEnded(0)));

        stage.passAs(StageSite.NO_LANE, to, () -> ended.add(stage.isLaneEnded(0)));

        assertThat(ended).containsExactly(false, false, false);
    }

    @Test
    void senderWhoseBatchIsTakenIsNotSilentBeforeItsItemsHaveGoneOn() {
        List<Long> silent = new ArrayList<>();
        List<Receiver> receivers = new ArrayList<>();
        for (String item : List.of("of the first", "of the second")) {
            Sender sender = new Sender(2, 1, () -> {}, () -> {});
            sender.add(null, item);
            receivers.add(new Receiver(sender, 1));
        }
        InboxStage stage = new InboxStage(1, worker(), receivers, List.of(), InboxStage::driveAny);
        stage.start(new Flushed(() -> silent.add(stage.silentMillis(1))));
        stage.endActivationsByLane();

        stage.run();

        assertThat(silent).isNotEmpty().containsOnly(Long.MIN_VALUE);
        assertThat(stage.silentMillis(1)).isNotEqualTo(Long.MIN_VALUE);
    }

    @Test
    void partitionWhoseTurnHasNotComeIsNotSilent() {
        boolean[] waits = {true};
        SourceStage stage =
                reading(
                        null,
                        new StatelessSourcePartition<>() {
                            @Override
                            public SourceStatus nextBatch(SourceEmitter<? super Object> out) {
                                return SourceStatus.OPEN;
                            }

                            @Override
                            public boolean isWaiting() {
                                return waits[0];
                            }
                        });
        stage.run();

        assertThat(stage.silentMillis(0)).isEqualTo(Long.MIN_VALUE);
        waits[0] = false;
        assertThat(stage.silentMillis(0)).isNotEqualTo(Long.MIN_VALUE);
    }

    private Polled holding(String name, int times) {
        int[] left = {times};
        return new Polled() {
            @Override
            public boolean poll() {
                return false;
            }

            @Override
            public long dueMillis() {
                return Long.MAX_VALUE;
            }

            @Override
            public boolean onMarkWaiting() {
                if (left[0] == 0) {
                    return false;
                }
                left[0]--;
                log.add(name);
                return true;
            }
        };
    }

    private Polled asked(String name) {
        return new Polled() {
            @Override
            public boolean poll() {
                log.add(name);
                return false;
            }

            @Override
            public long dueMillis() {
                return Long.MAX_VALUE;
            }
        };
    }

    private SourceStage reading() {
        return reading(SourceStatus.ENDED);
    }

    private SourceStage reading(SourceStatus status) {
        return reading(
                null,
                out -> {
                    log.add("read");
                    return status;
                });
    }

    private static SourceStage reading(
            @Nullable FailurePolicy policy, StatelessSourcePartition<Object> partition) {
        Worker worker = worker();
        var stage = new SourceStage(worker, 1, null, null, false);
        var step =
                new CoreStep(
                        0,
                        "flow.in",
                        "flow.in",
                        new CoreOperator.Redistribute(),
                        false,
                        List.of(),
                        policy);
        var site = new StepSite(step, worker, stage);
        var chain = new DropLink(site);
        var head =
                new SourceLink(
                        new SourceLink.Parts(
                                chain, null, site, site.counts(), stage.budget(), stage.turn()));
        var driver = new PlainSourceDriver(head);
        stage.start(chain, site, head, driver, driver);
        stage.add("part", null, partition);
        return stage;
    }

    private static Worker worker() {
        return new Worker(
                0,
                1,
                0,
                0,
                0,
                Clock.system(),
                Pace.of(0),
                new HandEpochs(),
                new PartitionThreads(new Patience()),
                () -> {});
    }

    /** Hears of flushes. */
    private record Flushed(Runnable onFlush) implements Link {

        @Override
        public void push(@Nullable Object key, Object value) {}

        @Override
        public StepSite feeder() {
            throw new AssertionError("nothing is emitted");
        }

        @Override
        public void flush() {
            onFlush.run();
        }

        @Override
        public void barrier(long epoch) {}

        @Override
        public void watermark(long micros) {}

        @Override
        public void end() {}
    }
}
