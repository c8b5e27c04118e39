package dev.waxwing.engine.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.delivery.HandParts;
import dev.waxwing.engine.link.HandLink;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.sink.Outcome;
import org.junit.jupiter.api.Test;

/** When marks and ends pass a sink on the way of its dead letters. */
final class SinkLettersTest {

    private final HandWorker worker = new HandWorker();
    private final HandStage stage = new HandStage();
    private final StepSite site =
            new StepSite(
                    HandParts.of("flow.out", staged -> Outcome.committed()).step(), worker, stage);
    private final HandLink next = new HandLink(site);
    private final SinkLetters letters = new SinkLetters(next, site, true);

    @Test
    void marksComeBeforeTheEndOfAnEpochOfWhichNothingIsRejectedLater() {
        letters.watermark(5);
        letters.barrier(1);

        assertThat(next.all).containsExactly("flush", "5", "epoch 1");
    }

    @Test
    void endPassesIfNothingIsRejectedLater() {
        letters.watermark(5);
        letters.end();

        assertThat(worker.hurries).isFalse();
        assertThat(next.all).containsExactly("flush", "5", "end");
    }

    @Test
    void marksPassWhenWhatCameBeforeIsStored() {
        letters.watermark(5);
        assertThat(next.all).isEmpty();

        letters.passMarks();

        assertThat(next.all).containsExactly("flush", "5");
    }

    @Test
    void lanesAreHeldOnlyIfALinkBehindAsksForThem() {
        var unasked = new SinkLetters(next, site, false);
        unasked.hold(unasked.newBatch(), "item");
        assertThat(stage.held).isEmpty();

        letters.hold(letters.newBatch(), "item");

        assertThat(stage.held).containsExactly(0);
    }
}
