package dev.waxwing.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.channel.Receiver;
import dev.waxwing.engine.channel.Sender;
import dev.waxwing.engine.jit.PlainSourceDriver;
import dev.waxwing.engine.link.DropLink;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.link.SourceLink;
import dev.waxwing.engine.site.PendingItem;
import dev.waxwing.engine.site.Polled;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.step.FailurePolicy;
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
    private final HandEpochs epochs = new HandEpochs();

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
        stage.passAs(5, to::flush, () -> log.add("items in " + stage.lane()));
        assertThat(log).containsExactly("items in 5");
        log.clear();

        stage.endActivationsByLane();
        stage.passAs(5, to::flush, () -> log.add("items in " + stage.lane()));
        stage.passAs(3, to::flush, () -> log.add("items in " + stage.lane()));

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

        stage.passAs(StageSite.NO_LANE, to::flush, () -> ended.add(stage.isLaneEnded(0)));

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

    @Test
    void whatReleasesWhatItHeldEndsTheActivationBeforeTheMark() {
        SourceStage stage = reading();
        stage.start(new Flushed(() -> log.add("flush")));
        stage.poll(holding("held", 1));
        stage.mark(() -> log.add("mark"));

        stage.run();

        assertThat(log).startsWith("flush", "held", "flush", "mark");
    }

    @Test
    void nothingIsDoneWhileAReceiverHasNoRoom() {
        SourceStage stage = reading();
        Sender sender = new Sender(2, 1, () -> {}, () -> {});
        stage.gate(sender);
        stage.poll(asked("asked"));
        sender.add(null, 1);
        assertThat(stage.run()).isFalse();
        stage.defer(() -> log.add("slice"));
        assertThat(stage.run()).isFalse();
        assertThat(log).isEmpty();
        assertThat(stage.dueMillis()).isEqualTo(Long.MAX_VALUE);

        new Receiver(sender, 1).poll(0);
        stage.run();

        assertThat(log).containsExactly("slice", "asked", "read");
    }

    @Test
    void inputIsNotTakenWhenWhatWasPolledHasTakenTheRoom() {
        SourceStage stage = reading();
        Sender sender = new Sender(2, 1, () -> {}, () -> {});
        stage.gate(sender);
        stage.poll(polled(() -> sender.add(null, 1)));

        stage.run();

        assertThat(log).isEmpty();
    }

    @Test
    void nothingIsPolledOrReadBeforeTheLastSlice() {
        SourceStage stage = reading();
        int[] left = {2};
        stage.defer(() -> --left[0] == 0);
        stage.poll(asked("asked"));

        stage.run();
        assertThat(log).isEmpty();
        stage.run();
        assertThat(log).containsExactly("asked", "read");
    }

    @Test
    void nothingIsReadWhileALinkTakesNoInput() {
        SourceStage stage = reading();
        stage.poll(refusing(false, true));

        stage.run();

        assertThat(log).isEmpty();
    }

    @Test
    void nothingIsReadWhileAMarkWaits() {
        SourceStage stage = reading();
        stage.poll(refusing(true, false));
        stage.mark(() -> log.add("mark"));

        stage.run();

        assertThat(log).isEmpty();
        assertThat(stage.hasMarks()).isTrue();
    }

    @Test
    void whatIsDoneInTurnAndWhatWasPolledEndsAnActivation() {
        SourceStage stage = reading();
        stage.start(new Flushed(() -> log.add("flush")));
        stage.poll(polled(() -> log.add("polled")));
        stage.defer(() -> log.add("slice"));

        stage.run();

        assertThat(log).containsSequence("slice", "flush", "polled", "flush");
        assertThat(epochs.touches).as("the third is what is read").isEqualTo(3);
    }

    @Test
    void endThatWasHeldBackComesBeforeMarksThatWait() {
        SourceStage stage = reading();
        stage.mark(() -> log.add("mark"));
        stage.passEnd(() -> log.add("end"));

        stage.run();

        assertThat(log).startsWith("end", "mark");
    }

    @Test
    void anotherLaneEndsTheActivationOnlyWhereALinkAsksForIt() {
        SourceStage stage = reading();
        stage.start(new Flushed(() -> log.add("flush in " + stage.lane())));
        stage.lane(3);
        assertThat(log).isEmpty();

        stage.endActivationsByLane();
        stage.lane(3);
        stage.lane(5);

        assertThat(log).containsExactly("flush in 3");
        assertThat(stage.lane()).isEqualTo(5);
    }

    @Test
    void lanesAreHeldWhileTheirItemsAreOnTheirWayAndNoLonger() {
        List<Boolean> holding = new ArrayList<>();
        SourceStage stage = reading();
        stage.lane(3);
        stage.endActivation();

        stage.passAs(
                5, () -> {}, () -> holding.addAll(List.of(stage.isHolding(3), stage.isHolding(5))));
        stage.endActivation();

        assertThat(holding).containsExactly(true, true);
        assertThat(stage.isHolding(3)).isFalse();
        assertThat(stage.isHolding(5)).isFalse();
    }

    @Test
    void laneOfTheLastItemHasEndedWhenTheEndIsPassedOn() {
        List<Boolean> ended = new ArrayList<>();
        SourceStage stage = reading();
        stage.start(new Flushed(() -> {}));
        stage.run();
        stage.lane(0);

        stage.mark(() -> ended.add(stage.isLaneEnded(0)));
        stage.run();

        assertThat(ended).containsExactly(true);
    }

    @Test
    void stageIsFinishedWhenNothingIsLeftOfItsEnd() {
        SourceStage stage = reading();
        boolean[] finished = {false};
        stage.run();
        assertThat(stage.isFinished()).isTrue();

        stage.mark(() -> {});
        assertThat(stage.isFinished()).isFalse();
        stage.run();
        stage.defer(() -> true);
        assertThat(stage.isFinished()).isFalse();
        stage.run();
        stage.poll(finishing(finished));
        assertThat(stage.isFinished()).isFalse();
        finished[0] = true;
        assertThat(stage.isFinished()).isTrue();
    }

    private static Polled finishing(boolean[] finished) {
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
            public boolean isFinished() {
                return finished[0];
            }
        };
    }

    private static Polled refusing(boolean takesInput, boolean takesMarks) {
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
            public boolean takesInput() {
                return takesInput;
            }

            @Override
            public boolean takesMarks() {
                return takesMarks;
            }
        };
    }

    private static Polled polled(Runnable work) {
        return new Polled() {
            @Override
            public boolean poll() {
                work.run();
                return true;
            }

            @Override
            public long dueMillis() {
                return Long.MAX_VALUE;
            }
        };
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

    private SourceStage reading(
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
                        new SourceLink.Parts(chain, null, site, site.counts(), stage.budget()));
        var driver = new PlainSourceDriver(head, site);
        stage.start(
                chain,
                site,
                head,
                emitter -> new PlainSourceDriver(emitter, site),
                List.of(driver, driver),
                driver);
        stage.add("part", null, partition);
        return stage;
    }

    private Worker worker() {
        return HandHost.worker(epochs);
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
