package dev.waxwing.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ClockTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private long nanos = -5_000_000_000L;
    private Instant wall = Instant.parse("2026-10-25T00:59:59.500Z");
    private final Clock clock = Clock.virtual(() -> nanos, () -> wall);

    @Test
    void steadyTimeGoesOnWhateverTheWallClockIsSetTo() {
        wall = wall.minus(HOUR);
        pass(250);
        wall = wall.plus(HOUR.multipliedBy(2));
        pass(250);

        assertThat(clock.steadyMillis()).isEqualTo(500);
    }

    @Test
    void nowFollowsAWallClockThatIsSetForth() {
        wall = wall.plus(HOUR);

        assertThat(clock.nowMillis()).isEqualTo(wall.toEpochMilli());
    }

    @Test
    void nowGoesOnATenthSlowerThanTimeWhileTheWallClockIsBehind() {
        long before = clock.nowMillis();
        wall = wall.minus(HOUR);

        assertThat(clock.nowMillis()).isEqualTo(before);
        pass(10_000);
        assertThat(clock.nowMillis()).isEqualTo(before + 9_000);
    }

    @Test
    void nowMeetsTheWallClockAgain() {
        wall = wall.minusSeconds(1);

        for (int i = 0; i < 1_001; i++) {
            pass(10);
            clock.nowMillis();
        }

        assertThat(clock.nowMillis()).isEqualTo(wall.toEpochMilli());
    }

    @Test
    void nowNeverGoesBackHoweverTheWallClockJumps() {
        long seed = 20261025;
        Random random = new Random(seed);
        List<Long> shown = new ArrayList<>();

        for (int i = 0; i < 10_000; i++) {
            nanos += random.nextInt(3_000_000);
            wall = wall.plusMillis(random.nextInt(4) == 0 ? random.nextLong(-9_000, 9_000) : 1);
            shown.add(clock.nowMillis());
        }

        assertThat(shown).as("seed " + seed).isSorted();
    }

    @Test
    void instantBecomesAWaitWhenItIsNamed() {
        long due = clock.steadyMillisAt(wall.plusMillis(1_500));

        wall = wall.minus(HOUR);
        pass(1_500);

        assertThat(clock.steadyMillis()).isEqualTo(due);
    }

    @Test
    void waitsEndNoSoonerThanTheyShould() {
        pass(7);
        nanos += 300_000;

        assertThat(clock.steadyMillisIn(Duration.ofMillis(5))).isEqualTo(13);
        assertThat(clock.steadyMillisIn(Duration.ofNanos(1))).isEqualTo(8);
    }

    @Test
    void instantsThatNoClockShowsAreNeverAndAlways() {
        assertThat(clock.steadyMillisAt(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(clock.steadyMillisAt(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
    }

    private void pass(long millis) {
        nanos += millis * 1_000_000;
        wall = wall.plusMillis(millis);
    }
}
