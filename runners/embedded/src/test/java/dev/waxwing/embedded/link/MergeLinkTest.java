package dev.waxwing.embedded.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.embedded.channel.Mark;
import dev.waxwing.embedded.delivery.HandParts;
import dev.waxwing.sink.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The marks of two streams that meet within a stage. */
final class MergeLinkTest {

    private final StepSite site =
            new StepSite(
                    HandParts.of("flow.both", staged -> Outcome.committed()).step(),
                    new HandWorker(),
                    new HandStage());
    private final List<String> told = new ArrayList<>();
    private final MergeLink both = new MergeLink(2, new Told());
    private final Link first = both.input(0, site);
    private final Link second = both.input(1, site);

    @Test
    void timeIsThatOfTheOneBehind() {
        first.watermark(100);
        assertThat(told).isEmpty();
        second.watermark(5);
        second.watermark(120);

        assertThat(told).containsExactly("5", "100");
    }

    @Test
    void inputThatHasEndedIsNotWaitedFor() {
        first.watermark(100);
        second.watermark(5);
        second.end();

        assertThat(told).containsExactly("5", "100");
    }

    @Test
    void timeOfTheOneAheadComesBeforeTheEnd() {
        first.watermark(100);
        second.watermark(5);
        first.end();
        assertThat(told).containsExactly("5");
        second.end();

        assertThat(told).containsExactly("5", "100", "end");
    }

    @Test
    void epochEndsWhenItHasEndedInBoth() {
        first.barrier(1);
        assertThat(told).isEmpty();
        second.barrier(1);
        second.barrier(2);
        first.barrier(2);

        assertThat(told).containsExactly("epoch 1", "epoch 2");
    }

    private final class Told implements Link {

        @Override
        public void push(@Nullable Object key, Object value) {}

        @Override
        public StepSite feeder() {
            return site;
        }

        @Override
        public void flush() {}

        @Override
        public void barrier(long epoch) {
            told.add("epoch " + epoch);
        }

        @Override
        public void watermark(long micros) {
            told.add(micros == Mark.Watermark.IDLE ? "idle" : String.valueOf(micros));
        }

        @Override
        public void end() {
            told.add("end");
        }
    }
}
