package dev.waxwing.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.kernel.StepContext;
import dev.waxwing.step.CacheOptions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A cache keeps neither more than it may nor what was not asked for within its time to live. */
final class LeastRecentCacheTest {

    private long now;

    @Test
    void whatHasExpiredGoesWithTheNextThatIsLoaded() throws Exception {
        var cache = cache(CacheOptions.entries(5_000).withTimeToLive(Duration.ofSeconds(1)));
        for (var key = 0; key < 1_000; key++) {
            cache.get(key);
        }
        now = 900;
        cache.get(7_000);
        now = 1_001;
        assertThat(cache.size()).isEqualTo(1_001);

        cache.get(2_000);

        assertThat(cache.size()).isEqualTo(2);
        assertThat(cache.remove(2_000)).isTrue();
    }

    @Test
    void leastRecentGoesWhenThereIsNoRoom() throws Exception {
        var cache = cache(CacheOptions.entries(2).withTimeToLive(Duration.ofDays(1)));
        cache.get(1);
        cache.get(2);
        cache.get(1);

        cache.get(3);

        assertThat(cache.remove(2)).isFalse();
        assertThat(cache.remove(1)).isTrue();
        assertThat(cache.remove(3)).isTrue();
    }

    private LeastRecentCache<Integer, String> cache(CacheOptions options) {
        return new LeastRecentCache<>(key -> "value " + key, options, new HandClock());
    }

    /** A step whose time the test makes. */
    private final class HandClock implements StepContext {

        @Override
        public String stepId() {
            return "flow.enrich";
        }

        @Override
        public int workerIndex() {
            return 0;
        }

        @Override
        public int workerCount() {
            return 1;
        }

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public Instant now() {
            return Instant.ofEpochMilli(now);
        }

        @Override
        public long nowMillis() {
            return now;
        }

        @Override
        public void count(String counterName, long amount) {}
    }
}
