package dev.waxwing.plan.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.step.ThrottleOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RateLimitTest {

    private final List<Long> times = new ArrayList<>();

    @Test
    void itemsAreSpreadEvenly() {
        var limit = perSecond(4);
        limit.startWaiting(1_000);

        passInTime(limit, 6);

        assertThat(times).containsExactly(1_000L, 1_250L, 1_500L, 1_750L, 2_000L, 2_250L);
    }

    @Test
    void severalGoOnInAMillisecondIfTheLimitAsksForIt() {
        var limit = perSecond(3_000);
        limit.startWaiting(0);

        passInTime(limit, 7);

        assertThat(times).containsExactly(0L, 1L, 1L, 2L, 2L, 2L, 3L);
    }

    @Test
    void noRateIsGatheredWhileNothingWaits() {
        var limit = perSecond(10);
        limit.startWaiting(0);
        passInTime(limit, 1);
        limit.startWaiting(60_000);

        passInTime(limit, 3);

        assertThat(times).containsExactly(0L, 60_000L, 60_100L, 60_200L);
    }

    @Test
    void itemThatWaitsAfterAnotherIsNoSoonerThanAnIntervalAfterIt() {
        var limit = perSecond(10);
        limit.startWaiting(0);
        passInTime(limit, 1);
        limit.startWaiting(30);

        passInTime(limit, 1);

        assertThat(times).containsExactly(0L, 100L);
    }

    @Test
    void latenessIsMadeUpForUpToATenthOfASecond() {
        var limit = perSecond(100);
        limit.startWaiting(0);

        passAt(limit, 500);
        assertThat(limit.dueMillis()).isEqualTo(410);
        for (int i = 0; i < 10; i++) {
            passAt(limit, 500);
        }

        assertThat(limit.dueMillis()).isEqualTo(510);
    }

    @Test
    void whatIsMadeUpForDoesNotGoBeyondTheLimit() {
        var limit = perSecond(20);
        limit.startWaiting(0);
        for (int i = 0; i < 60; i++) {
            passAt(limit, Math.max(limit.dueMillis(), i % 7 == 6 ? last() + 140 : last()));
        }

        for (int i = 20; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 20)).isGreaterThanOrEqualTo(1_000);
        }
        assertThat(last()).isLessThan(3_200);
    }

    private long last() {
        return times.isEmpty() ? 0 : times.get(times.size() - 1);
    }

    private void passInTime(RateLimit limit, int items) {
        for (int i = 0; i < items; i++) {
            passAt(limit, limit.dueMillis());
        }
    }

    private void passAt(RateLimit limit, long millis) {
        assertThat(limit.dueMillis()).isLessThanOrEqualTo(millis);
        times.add(millis);
        limit.pass(millis);
    }

    private static RateLimit perSecond(int items) {
        return new RateLimit(ThrottleOptions.upTo(items, Duration.ofSeconds(1)));
    }
}
