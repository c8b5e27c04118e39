package dev.waxwing.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.site.PendingItem;
import dev.waxwing.engine.site.Polled;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.source.AcknowledgingPartition;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.StepFailedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** When a source is read, and what of its items may be left when an epoch ends. */
final class SourceStageTest {

    private static final FailurePolicy TWICE_AT_ONCE =
            FailurePolicy.retry(2).withBackOff(Duration.ZERO, Duration.ZERO);

    private final HandEpochs epochs = new HandEpochs();

    @Test
    void sourceRestsAfterABatchIfThatIsAnEpoch() {
        var source = new HandSource(worker(0), true);
        source.add(reading(SourceStatus.OPEN));
        source.stage.run();
        source.stage.run();
        assertThat(source.told()).containsExactly("item");
        assertThat(source.stage.dueMillis()).isEqualTo(Long.MAX_VALUE);

        source.stage.passBarrier(1);
        source.stage.run();

        assertThat(source.told()).containsExactly("item", "epoch 1", "item");
    }

    @Test
    void endComesInTheEpochAfterTheLastBatch() {
        var source = new HandSource(worker(0), true);
        source.add(reading(SourceStatus.ENDED));
        source.stage.run();
        source.stage.run();
        assertThat(source.told()).containsExactly("item");

        source.stage.passBarrier(1);
        source.stage.run();

        assertThat(source.told()).containsExactly("item", "epoch 1", "end");
    }

    @Test
    void activationEndsBehindWhatWasRead() {
        var source = new HandSource(worker(0), true);
        source.add(reading(SourceStatus.OPEN));

        source.stage.run();

        assertThat(source.all).containsExactly("item", "flush");
    }

    @Test
    void whatIsLeftIsStoredWhenTheEpochEnds() {
        StateChanges pending = pending();
        var source = new HandSource(worker(0, Pace.of(1_000)), false, pending, null);
        source.onItem = source.stage.budget()::exhaust;
        source.add(
                (StatelessSourcePartition<Object>)
                        out -> {
                            out.emit("taken");
                            out.emit("left");
                            return SourceStatus.OPEN;
                        });
        source.stage.run();
        assertThat(source.told()).containsExactly("taken");

        source.stage.passBarrier(1);

        assertThat(pending.take()).isNotNull();
    }

    @Test
    void whatCannotBeStoredIsWorkedOffBeforeTheEpochEnds() {
        var source = new HandSource(worker(0, Pace.of(1_000)), false, pending(), null);
        source.onItem = source.stage.budget()::exhaust;
        Object item = new Object();
        source.add(
                (StatelessSourcePartition<Object>)
                        out -> {
                            out.emit(item);
                            out.emit(item);
                            return SourceStatus.OPEN;
                        });
        source.stage.run();
        assertThat(source.told()).hasSize(1);

        source.stage.mark(() -> source.all.add("mark"));
        assertThat(source.stage.isReadyForMarks()).isFalse();
        source.stage.run();

        assertThat(source.told()).containsExactly(item.toString(), item.toString(), "mark");
    }

    @Test
    void endOfAPartitionIsABatchOfItsOwn() {
        var source = new HandSource(worker(0), true);
        source.add((StatelessSourcePartition<Object>) out -> SourceStatus.ENDED);
        source.add(reading(SourceStatus.OPEN));

        source.stage.run();

        assertThat(source.told()).isEmpty();
    }

    @Test
    void sourceIsNotReadBeforeWhatWasLeftIsSettled() {
        var source = new HandSource(worker(1), false);
        source.add(reading(SourceStatus.ENDED));
        source.stage.run();
        assertThat(source.told()).isEmpty();
        assertThat(source.stage.isSettling()).isTrue();

        source.stage.passBarrier(1);
        source.stage.run();

        assertThat(source.told()).containsExactly("epoch 1", "item", "end");
        assertThat(source.stage.isSettling()).isFalse();
    }

    @Test
    void sourceIsNotReadWhileSourcesAreHeld() {
        var source = new HandSource(worker(0), false);
        source.add(reading(SourceStatus.ENDED));
        epochs.held = true;
        source.stage.run();
        assertThat(source.told()).isEmpty();

        epochs.held = false;
        source.stage.run();

        assertThat(source.all).startsWith("item", "flush").endsWith("end");
    }

    @Test
    void whatIsLeftIsWorkedOffBeforeAStopAndNothingIsReadBefore() {
        var source = new HandSource(worker(0), false);
        source.add(reading(SourceStatus.OPEN));
        source.add(reading(SourceStatus.OPEN));
        leave(source, "left");
        epochs.stopping = true;
        epochs.held = true;
        source.stage.mark(() -> source.all.add("mark"));
        assertThat(source.stage.isReadyForMarks()).isFalse();
        assertThat(source.stage.dueMillis()).isEqualTo(Long.MIN_VALUE);

        source.stage.run();

        assertThat(source.told()).startsWith("left", "mark");
    }

    @Test
    void whatIsLeftMayStayOverTheEndOfAnEpoch() {
        var source = new HandSource(worker(0), false, pending(), null);
        source.add(reading(SourceStatus.OPEN));

        leave(source, "left");

        assertThat(source.stage.isReadyForMarks()).isTrue();
    }

    @Test
    void whatIsLeftMayStayOverAStopIfItIsStored() {
        var source = new HandSource(worker(0), false, pending(), null);
        source.add(reading(SourceStatus.OPEN));
        leave(source, "left");

        epochs.stopping = true;

        assertThat(source.stage.isReadyForMarks()).isTrue();
    }

    @Test
    void whatIsNotAcknowledgedIsWorkedOffBeforeAStop() {
        var source = new HandSource(worker(0), false, pending(), null);
        source.add(new Acknowledging());
        leave(source, "left");
        assertThat(source.stage.isReadyForMarks()).isTrue();

        epochs.stopping = true;

        assertThat(source.stage.isReadyForMarks()).isFalse();
    }

    @Test
    void lateEndIsNotInFrontOfAMarkThatWaits() {
        var source = new HandSource(worker(0), false);
        source.add(reading(SourceStatus.ENDED));
        boolean[] holds = {true};
        source.stage.poll(
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
        source.stage.mark(() -> source.all.add("mark"));
        source.stage.run();
        assertThat(source.told()).isEmpty();

        holds[0] = false;
        source.stage.run();

        assertThat(source.told()).containsExactly("mark", "item", "end");
    }

    @Test
    void partitionIsSilentUpToWhenItWasLastReadInVain() {
        long[] millis = {0};
        Worker worker = worker(0, Pace.of(0), virtual(millis));
        var source = new HandSource(worker, false);
        boolean[] emits = {true};
        source.add(
                (StatelessSourcePartition<Object>)
                        out -> {
                            if (emits[0]) {
                                out.emit("item");
                            }
                            return SourceStatus.OPEN;
                        });
        worker.add(source.stage);
        source.stage.run();
        assertThat(source.told()).contains("item");
        assertThat(source.stage.silentMillis(0)).isEqualTo(Long.MIN_VALUE);

        emits[0] = false;
        millis[0] = 7;
        worker.step();
        epochs.held = true;
        millis[0] = 9;
        worker.step();

        assertThat(source.stage.silentMillis(0)).isEqualTo(7);
    }

    @Test
    void partitionThatWantsToBeReadLaterIsSilentUntilNow() {
        long[] millis = {0};
        Worker worker = worker(0, Pace.of(0), virtual(millis));
        var source = new HandSource(worker, false);
        source.add(new Sleeping());
        worker.add(source.stage);

        millis[0] = 9;
        worker.step();

        assertThat(source.stage.silentMillis(0)).isEqualTo(9);
    }

    private static Clock virtual(long[] millis) {
        return Clock.virtual(() -> millis[0] * 1_000_000, InstantSource.fixed(Instant.EPOCH));
    }

    @Test
    void attemptsAreCountedAnewAfterACallThatEmitted() {
        var source = new HandSource(worker(0), false, null, TWICE_AT_ONCE);
        source.add(
                (StatelessSourcePartition<Object>)
                        out -> {
                            out.emit("item");
                            throw new IOException("for now");
                        });

        source.stage.run();
        source.stage.run();
        source.stage.run();

        assertThat(source.told()).containsExactly("item", "item", "item");
    }

    @Test
    void callIsMadeAsOftenAsThePolicySays() {
        var source = new HandSource(worker(0), false, null, TWICE_AT_ONCE);
        source.add(
                (StatelessSourcePartition<Object>)
                        out -> {
                            throw new IOException("for good");
                        });

        source.stage.run();

        assertThatThrownBy(source.stage::run).isInstanceOf(StepFailedException.class);
    }

    private static void leave(HandSource source, String item) {
        String place = PendingItem.place(1, 0, "part 0");
        source.stage.restore(new TreeMap<>(Map.of(place, new PendingItem(item, null))));
    }

    private static StatelessSourcePartition<Object> reading(SourceStatus status) {
        return out -> {
            out.emit("item");
            return status;
        };
    }

    static StateChanges pending() {
        CodecRegistry codecs = CodecRegistry.empty();
        return new StateChanges(
                new StateEncoding(
                        new StateId("flow.in", "pending"),
                        StateCodec.of(String.class, codecs),
                        StateCodec.of(PendingItem.class, codecs),
                        new HandSchemas()));
    }

    private Worker worker(long settledEpoch) {
        return worker(settledEpoch, Pace.of(0));
    }

    private Worker worker(long settledEpoch, Pace pace) {
        return worker(settledEpoch, pace, Clock.system());
    }

    private Worker worker(long settledEpoch, Pace pace, Clock clock) {
        return HandHost.worker(settledEpoch, clock, pace, epochs, () -> {});
    }

    /** Is to be read in an hour. */
    private static final class Sleeping implements StatelessSourcePartition<Object> {

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Object> out) {
            return SourceStatus.OPEN;
        }

        @Override
        public Instant nextAwake() {
            return Instant.EPOCH.plusSeconds(3_600);
        }
    }

    /** Has to hear what was worked off. */
    private static final class Acknowledging
            implements StatefulSourcePartition<Object, Object>, AcknowledgingPartition<Object> {

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Object> out) {
            return SourceStatus.OPEN;
        }

        @Override
        public Object snapshot() {
            return 0;
        }

        @Override
        public void acknowledge(Object position) {}
    }
}
