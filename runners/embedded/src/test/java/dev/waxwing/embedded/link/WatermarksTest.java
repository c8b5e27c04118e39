package dev.waxwing.embedded.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.embedded.channel.Mark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The time of a stream of two inputs. */
final class WatermarksTest {

    private static final long IDLE = Mark.Watermark.IDLE;

    private final List<Long> passed = new ArrayList<>();
    private final Watermarks both = new Watermarks(2);

    private void set(int input, long watermark) {
        both.set(input, watermark);
        both.passOn(new Passed());
    }

    @Test
    void timeIsThatOfTheOneBehindOnceBothHaveTold() {
        set(0, 100);
        set(1, 5);
        set(1, 7);

        assertThat(passed).containsExactly(5L, 7L);
    }

    @Test
    void idleInputHoldsNothing() {
        set(0, 100);
        set(1, 5);
        set(1, IDLE);

        assertThat(passed).containsExactly(5L, 100L);
    }

    @Test
    void whenBothAreIdleTimeIsThatOfTheOneAheadThoughItFellSilentFirst() {
        set(0, 100);
        set(1, 5);
        set(0, IDLE);
        set(1, IDLE);

        assertThat(passed).containsExactly(5L, 100L, IDLE);
    }

    @Test
    void timeDoesNotGoBackWhenTheOneBehindComesBack() {
        set(0, 100);
        set(1, 5);
        set(0, IDLE);
        set(1, IDLE);
        passed.clear();

        set(1, 6);
        set(1, 7);
        set(0, 101);
        set(1, 102);

        assertThat(passed).containsExactly(100L, 101L);
    }

    @Test
    void inputThatHasEndedHoldsNothingAndCountsWhenTheOtherIsIdle() {
        set(0, 100);
        set(1, 5);
        both.end(0);
        set(1, 6);
        set(1, IDLE);

        assertThat(passed).containsExactly(5L, 6L, 100L, IDLE);
    }

    @Test
    void inputThatGoesBackHoldsNothing() {
        set(0, 100);
        set(1, 5);
        set(0, 40);
        set(1, 60);

        assertThat(passed).containsExactly(5L, 60L);
    }

    @Test
    void idlenessIsToldOnceAndAgainBehindEachLaterTime() {
        set(0, 100);
        set(1, 5);
        set(1, IDLE);
        set(0, IDLE);
        set(0, IDLE);
        both.set(0, 110);
        set(0, IDLE);

        assertThat(passed).containsExactly(5L, 100L, IDLE, 110L, IDLE);
    }

    @Test
    void atTheEndOnlyTheTimeIsTold() {
        set(0, 100);
        set(1, 5);
        both.end(0);
        both.end(1);
        both.passTime(new Passed());

        assertThat(passed).containsExactly(5L, 100L);
    }

    private final class Passed implements Link {

        @Override
        public void push(@Nullable Object key, Object value) {}

        @Override
        public StepSite feeder() {
            throw new AssertionError("nothing is emitted");
        }

        @Override
        public void flush() {}

        @Override
        public void barrier(long epoch) {}

        @Override
        public void watermark(long micros) {
            passed.add(micros);
        }

        @Override
        public void end() {}
    }
}
