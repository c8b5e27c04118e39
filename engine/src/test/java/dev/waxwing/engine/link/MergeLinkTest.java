package dev.waxwing.engine.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.delivery.HandParts;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.sink.Outcome;
import org.junit.jupiter.api.Test;

/** The marks of two streams that meet within a stage. */
final class MergeLinkTest {

    private final StepSite site =
            new StepSite(
                    HandParts.of("flow.both", staged -> Outcome.committed()).step(),
                    new HandWorker(),
                    new HandStage());
    private final HandLink next = new HandLink(site);
    private final MergeLink both = new MergeLink(2, next);
    private final Link first = both.input(0, site);
    private final Link second = both.input(1, site);

    @Test
    void timeIsThatOfTheOneBehind() {
        first.watermark(100);
        assertThat(next.told()).isEmpty();
        second.watermark(5);
        second.watermark(120);

        assertThat(next.told()).containsExactly("5", "100");
    }

    @Test
    void inputThatHasEndedIsNotWaitedFor() {
        first.watermark(100);
        second.watermark(5);
        second.end();

        assertThat(next.told()).containsExactly("5", "100");
    }

    @Test
    void timeOfTheOneAheadComesBeforeTheEnd() {
        first.watermark(100);
        second.watermark(5);
        first.end();
        assertThat(next.told()).containsExactly("5");
        second.end();

        assertThat(next.told()).containsExactly("5", "100", "end");
    }

    @Test
    void eachStreamsActivationsEnd() {
        first.flush();
        second.flush();

        assertThat(next.all).containsExactly("flush", "flush");
    }

    @Test
    void epochEndsWhenItHasEndedInBoth() {
        first.barrier(1);
        assertThat(next.told()).isEmpty();
        second.barrier(1);
        second.barrier(2);
        first.barrier(2);

        assertThat(next.told()).containsExactly("epoch 1", "epoch 2");
    }
}
