package dev.waxwing.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

final class BackOffTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    @Test
    void waitsDoubleUpToTheLongest() {
        BackOff backOff = BackOff.of(SECOND, Duration.ofSeconds(5));

        assertThat(backOff.waitAfter(1)).isEqualTo(SECOND);
        assertThat(backOff.waitAfter(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backOff.waitAfter(3)).isEqualTo(Duration.ofSeconds(4));
        assertThat(backOff.waitAfter(4)).isEqualTo(Duration.ofSeconds(5));
        assertThat(backOff.waitAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void noWaitStaysNone() {
        assertThat(BackOff.of(Duration.ZERO, FOREVER).waitAfter(Integer.MAX_VALUE)).isZero();
    }

    @Test
    void waitsThatMayGoOnForEverDoNotOverflow() {
        BackOff backOff = BackOff.of(SECOND, FOREVER);

        assertThat(backOff.waitAfter(62)).isEqualTo(Duration.ofSeconds(1L << 61));
        assertThat(backOff.waitAfter(63)).isEqualTo(Duration.ofSeconds(1L << 62));
        assertThat(backOff.waitAfter(64)).isEqualTo(FOREVER);
        assertThat(backOff.waitAfter(Integer.MAX_VALUE)).isEqualTo(FOREVER);
    }

    @Test
    void endOfAWaitIsTimedFromNow() {
        BackOff backOff = BackOff.of(SECOND, FOREVER);

        assertThat(backOff.endMillis(1, 5)).isEqualTo(1_005);
        assertThat(backOff.endMillis(2, 5)).isEqualTo(2_005);
    }

    @Test
    void waitBeyondAllClocksNeverEnds() {
        assertThat(BackOff.of(SECOND, FOREVER).endMillis(100, 5)).isEqualTo(Long.MAX_VALUE);
        assertThat(BackOff.of(SECOND, FOREVER).endMillis(1, Long.MAX_VALUE - 999))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void waitsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackOff.of(SECOND.negated(), SECOND))
                .withMessageContaining("the first wait must be zero or longer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackOff.of(SECOND, Duration.ZERO))
                .withMessageContaining("at most the longest");
    }
}
