package dev.waxwing.embedded.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.embedded.delivery.HandParts;
import dev.waxwing.sink.Outcome;
import org.junit.jupiter.api.Test;

/** When marks and ends pass a sink on the way of its dead letters. */
final class SinkLettersTest {

    private final HandWorker worker = new HandWorker();
    private final StepSite site =
            new StepSite(
                    HandParts.of("flow.out", staged -> Outcome.committed()).step(),
                    worker,
                    new HandStage());
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

    private static final class Forgetting implements ChangeLog {

        @Override
        public void put(Object key, Object state) {}

        @Override
        public void remove(Object key) {}
    }
}
