package dev.waxwing.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PaceTest {

    private static final long MILLI = 1_000_000;

    @Test
    void timesFollowTheInterval() {
        assertThat(Pace.of(500).activationNanos()).isEqualTo(5 * MILLI);
        assertThat(Pace.of(500).flightNanos()).isEqualTo(25 * MILLI);
    }

    @Test
    void longIntervalsMakeNoLongActivations() {
        assertThat(Pace.of(86_400_000_000L).activationNanos()).isEqualTo(10 * MILLI);
        assertThat(Pace.of(86_400_000_000L).flightNanos()).isEqualTo(50 * MILLI);
    }

    @Test
    void shortIntervalsLeaveTimeForWork() {
        assertThat(Pace.of(1).activationNanos()).isEqualTo(MILLI);
        assertThat(Pace.of(1).flightNanos()).isEqualTo(MILLI);
    }

    @Test
    void batchThatIsAnEpochTakesItsTime() {
        assertThat(Pace.of(0).activationNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
