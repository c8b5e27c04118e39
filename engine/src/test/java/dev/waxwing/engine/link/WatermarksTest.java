package dev.waxwing.engine.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.channel.Mark;
import org.junit.jupiter.api.Test;

/** The time of a stream of two inputs. */
final class WatermarksTest {

    private static final long IDLE = Mark.Watermark.IDLE;

    private final HandLink next = new HandLink();
    private final Watermarks both = new Watermarks(2);

    private void set(int input, long watermark) {
        both.set(input, watermark);
        both.passOn(next);
    }

    @Test
    void timeIsThatOfTheOneBehindOnceBothHaveTold() {
        set(0, 100);
        set(1, 5);
        set(1, 7);

        assertThat(next.told()).containsExactly("5", "7");
    }

    @Test
    void idleInputHoldsNothing() {
        set(0, 100);
        set(1, 5);
        set(1, IDLE);

        assertThat(next.told()).containsExactly("5", "100");
    }

    @Test
    void whenBothAreIdleTimeIsThatOfTheOneAheadThoughItFellSilentFirst() {
        set(0, 100);
        set(1, 5);
        set(0, IDLE);
        set(1, IDLE);

        assertThat(next.told()).containsExactly("5", "100", "idle");
    }

    @Test
    void timeDoesNotGoBackWhenTheOneBehindComesBack() {
        set(0, 100);
        set(1, 5);
        set(0, IDLE);
        set(1, IDLE);
        next.all.clear();

        set(1, 6);
        set(1, 7);
        set(0, 101);
        set(1, 102);

        assertThat(next.told()).containsExactly("100", "101");
    }

    @Test
    void nothingIsToldOfAnInputOfWhichNothingIsKnown() {
        set(0, IDLE);
        set(1, IDLE);
        set(1, Mark.Watermark.NONE);
        set(1, 5);

        assertThat(next.told()).containsExactly("idle", "5");
    }

    @Test
    void inputThatHasEndedHoldsNothingAndCountsWhenTheOtherIsIdle() {
        set(0, 100);
        set(1, 5);
        both.end(0);
        set(1, 6);
        set(1, IDLE);

        assertThat(next.told()).containsExactly("5", "6", "100", "idle");
    }

    @Test
    void inputThatGoesBackHoldsNothing() {
        set(0, 100);
        set(1, 5);
        set(0, 40);
        set(1, 60);

        assertThat(next.told()).containsExactly("5", "60");
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

        assertThat(next.told()).containsExactly("5", "100", "idle", "110", "idle");
    }

    @Test
    void atTheEndOnlyTheTimeIsTold() {
        set(0, 100);
        set(1, 5);
        both.end(0);
        both.end(1);
        both.passTime(next);

        assertThat(next.told()).containsExactly("5", "100");
    }
}
