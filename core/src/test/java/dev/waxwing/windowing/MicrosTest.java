package dev.waxwing.windowing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MicrosTest {

    private static final long FARTHEST = 1L << 61;

    @Test
    void instantIsCutToTheMicrosecondBeforeIt() {
        assertThat(Micros.of(Instant.ofEpochSecond(1, 1_999))).isEqualTo(1_000_001);
        assertThat(Micros.of(Instant.ofEpochSecond(-1, 1_999))).isEqualTo(-999_999);
        assertThat(Micros.of(Instant.EPOCH.minusNanos(1))).isEqualTo(-1);
    }

    @Test
    void farthestInstantsLieAtTheEndsOfTheRange() {
        assertThat(Micros.of(Instant.MAX)).isEqualTo(FARTHEST);
        assertThat(Micros.of(Instant.MIN)).isEqualTo(-FARTHEST);
        assertThat(Micros.of(Instant.parse("+40000-01-01T00:00:00Z"))).isLessThan(FARTHEST);
    }

    @Test
    void durationsForEverAreToldFromOthers() {
        assertThat(Micros.isForEver(Micros.of(Duration.ofSeconds(Long.MAX_VALUE)))).isTrue();
        assertThat(Micros.isForEver(Micros.of(Duration.ofDays(365 * 70_000L)))).isFalse();
        assertThat(Micros.of(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(-FARTHEST);
    }

    @Test
    void instantComesBackAsItWas() {
        for (String text : new String[] {"1969-12-31T23:59:59.999999Z", "0001-01-01T00:00:00Z"}) {
            Instant instant = Instant.parse(text);
            assertThat(Micros.toInstant(Micros.of(instant))).isEqualTo(instant);
        }
    }

    @Test
    void startAndEndOfTimeAreTheFarthestInstants() {
        assertThat(Micros.toInstant(Micros.START_OF_TIME)).isEqualTo(Instant.MIN);
        assertThat(Micros.toInstant(Micros.END_OF_TIME)).isEqualTo(Instant.MAX);
    }

    @Test
    void millisecondsAreRoundedUpSoThatNothingIsDueTooEarly() {
        assertThat(Micros.toMillis(1_000)).isEqualTo(1);
        assertThat(Micros.toMillis(1_001)).isEqualTo(2);
        assertThat(Micros.toMillis(-1)).isEqualTo(0);
        assertThat(Micros.toMillis(Micros.END_OF_TIME)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void millisecondsBeyondTheRangeLieAtItsEnds() {
        assertThat(Micros.ofMillis(Long.MAX_VALUE)).isEqualTo(FARTHEST);
        assertThat(Micros.ofMillis(Long.MIN_VALUE)).isEqualTo(-FARTHEST);
        assertThat(Micros.ofMillis(-5)).isEqualTo(-5_000);
    }

    @Test
    void sumsThatOverflowAreTheStartOrTheEndOfTime() {
        assertThat(Micros.plus(Long.MAX_VALUE - 1, 2)).isEqualTo(Micros.END_OF_TIME);
        assertThat(Micros.plus(Long.MIN_VALUE + 1, -2)).isEqualTo(Micros.START_OF_TIME);
        assertThat(Micros.plus(Micros.START_OF_TIME, 5)).isEqualTo(Micros.START_OF_TIME);
        assertThat(Micros.plus(Micros.END_OF_TIME, -5)).isEqualTo(Micros.END_OF_TIME);
    }

    @Test
    void distanceThatOverflowsIsTheEndOfTime() {
        assertThat(Micros.between(-3, 4)).isEqualTo(7);
        assertThat(Micros.between(Long.MIN_VALUE + 5, 5)).isEqualTo(Micros.END_OF_TIME);
    }

    @Test
    void whatIsFinerThanAMicrosecondIsRefused() {
        assertThatThrownBy(() -> Micros.checkWhole("gap", Duration.ofNanos(1_500)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gap must be in whole microseconds, but was PT0.0000015S");
        assertThatThrownBy(() -> Micros.checkWhole("lower", Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
