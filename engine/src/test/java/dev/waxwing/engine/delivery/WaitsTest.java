package dev.waxwing.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.step.BackOff;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class WaitsTest {

    private static final BackOff BACK_OFF =
            BackOff.of(Duration.ofMillis(100), Duration.ofSeconds(15));

    @Test
    void attemptIsAnywhereWithinTheWaitThatDoubles() {
        assertThat(ends(1).min().orElseThrow()).isBetween(1_000L, 1_010L);
        assertThat(ends(1).max().orElseThrow()).isBetween(1_090L, 1_100L);
        assertThat(ends(1).average().orElseThrow()).isBetween(1_045.0, 1_055.0);
        assertThat(ends(3).max().orElseThrow()).isBetween(1_390L, 1_400L);
        assertThat(ends(99).max().orElseThrow()).isBetween(15_900L, 16_000L);
    }

    @Test
    void sameSeedWaitsTheSame() {
        assertThat(Waits.endMillis(BACK_OFF, 4, 7, 1_000))
                .isEqualTo(Waits.endMillis(BACK_OFF, 4, 7, 1_000));
    }

    @Test
    void waitWithoutAnEndHasNone() {
        var forEver =
                BackOff.of(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(Waits.endMillis(forEver, 1, 7, 1_000)).isEqualTo(Long.MAX_VALUE);
    }

    private static LongStream ends(int attempt) {
        return IntStream.range(0, 2_000)
                .mapToLong(seed -> Waits.endMillis(BACK_OFF, attempt, seed, 1_000));
    }
}
