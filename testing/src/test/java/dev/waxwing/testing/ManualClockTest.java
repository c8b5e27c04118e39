package dev.waxwing.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ManualClockTest {

    private final ManualClock clock = ManualClock.at(Instant.EPOCH);

    @Test
    void standsStillUntilMoved() {
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH).isEqualTo(clock.get());
    }

    @Test
    void advanceMovesIt() {
        clock.advance(Duration.ofSeconds(3));

        assertThat(clock.get()).isEqualTo(Instant.EPOCH.plusSeconds(3));
    }

    @Test
    void advanceToNeverMovesItBack() {
        clock.set(Instant.EPOCH.plusSeconds(3));
        clock.advanceTo(Instant.EPOCH);

        assertThat(clock.get()).isEqualTo(Instant.EPOCH.plusSeconds(3));
    }
}
