package dev.waxwing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class ElapsedTest {

    private Instant now = Instant.parse("2026-03-29T00:59:00Z");

    @Test
    void countsWhatTheClockMovesOn() {
        Elapsed elapsed = Elapsed.by(() -> now);

        now = now.plusSeconds(90);

        assertThat(elapsed.get()).isEqualTo(Duration.ofSeconds(90));
        assertThat(elapsed.instantAt(Duration.ofSeconds(100))).isEqualTo(now.plusSeconds(10));
    }

    @Test
    void clockThatIsSetBackTakesNothingAway() {
        Elapsed elapsed = Elapsed.by(() -> now);
        now = now.plusSeconds(90);
        elapsed.get();

        now = now.minus(Duration.ofHours(1));
        assertThat(elapsed.get()).isEqualTo(Duration.ofSeconds(90));
        now = now.plusSeconds(10);

        assertThat(elapsed.get()).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void machinesTimeGoesByTheClockThatNobodySets() {
        long before = System.nanoTime();
        Elapsed elapsed = Elapsed.by(InstantSource.system());

        assertThat(elapsed.get().toNanos()).isBetween(0L, System.nanoTime() - before);
    }

    @Test
    void markThatNoCalendarHasIsTheEndOfTime() {
        Elapsed elapsed = Elapsed.by(() -> now);

        assertThat(elapsed.instantAt(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Instant.MAX);
    }
}
