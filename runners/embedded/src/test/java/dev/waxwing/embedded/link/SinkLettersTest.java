package dev.waxwing.embedded.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.embedded.delivery.HandParts;
import dev.waxwing.sink.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When marks and ends pass a sink on the way of its dead letters. */
final class SinkLettersTest {

    private final HandWorker worker = new HandWorker();
    private final StepSite site =
            new StepSite(
                    HandParts.of("flow.out", staged -> Outcome.committed()).step(),
                    worker,
                    new HandStage());
    private final List<String> told = new ArrayList<>();
    private final SinkLetters letters = new SinkLetters(new Told(), site, true);
    private final Deliveries deliveries =
            new Deliveries(new Forgetting(), new Forgetting(), worker);

    @Test
    void marksOfAnEpochWaitUntilItsRejectionsAreKnown() {
        letters.watermark(5);
        letters.barrier(1, true);
        letters.passRejected(deliveries, new SinkSlot[0]);
        assertThat(told).containsExactly("epoch 1");

        worker.doneEpoch = 1;
        letters.passRejected(deliveries, new SinkSlot[0]);

        assertThat(told).containsExactly("epoch 1", "flush", "5");
    }

    @Test
    void marksComeBeforeTheEndOfAnEpochOfWhichNothingIsRejectedLater() {
        letters.watermark(5);
        letters.barrier(1, false);

        assertThat(told).containsExactly("flush", "5", "epoch 1");
    }

    @Test
    void endWaitsForAnEpochThatEndsSoon() {
        letters.end(true);

        assertThat(worker.hurries).isTrue();
        assertThat(letters.isFinished()).isFalse();
        assertThat(told).isEmpty();

        letters.passRejected(deliveries, new SinkSlot[0]);
        assertThat(letters.isFinished()).isTrue();
    }

    @Test
    void endPassesIfNothingIsRejectedLater() {
        letters.watermark(5);
        letters.end(false);

        assertThat(worker.hurries).isFalse();
        assertThat(letters.isFinished()).isTrue();
        assertThat(told).containsExactly("flush", "5", "end");
    }

    private static final class Forgetting implements ChangeLog {

        @Override
        public void put(Object key, Object state) {}

        @Override
        public void remove(Object key) {}
    }

    private final class Told implements Link {

        @Override
        public void push(@Nullable Object key, Object value) {}

        @Override
        public StepSite feeder() {
            return site;
        }

        @Override
        public void flush() {
            told.add("flush");
        }

        @Override
        public void barrier(long epoch) {
            told.add("epoch " + epoch);
        }

        @Override
        public void watermark(long micros) {
            told.add(String.valueOf(micros));
        }

        @Override
        public void end() {
            told.add("end");
        }
    }
}
