package dev.waxwing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.CacheOptions;
import dev.waxwing.step.CollectOptions;
import dev.waxwing.step.StateOptions;
import dev.waxwing.step.WatermarkOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class OptionsTest {

    @Test
    void asyncOptionsAreChecked() {
        AsyncOptions options = AsyncOptions.defaults();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withInFlightMax(0))
                .withMessage("inFlightMax must be 1 or more, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withTimeout(Duration.ZERO))
                .withMessage("timeout must be longer than zero, but was PT0S");
    }

    @Test
    void cacheOptionsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheOptions.entries(0))
                .withMessage("entriesMax must be 1 or more, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheOptions.entries(1).withTimeToLive(Duration.ZERO))
                .withMessage("timeToLive must be longer than zero, but was PT0S");
    }

    @Test
    void collectOptionsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CollectOptions.upTo(0, Duration.ofSeconds(1)))
                .withMessage("itemsMax must be 1 or more, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CollectOptions.upTo(1, Duration.ZERO))
                .withMessage("timeout must be longer than zero, but was PT0S");
    }

    @Test
    void collectTimeoutCountsFromTheFirstValueByDefault() {
        assertThat(CollectOptions.upTo(1, Duration.ofSeconds(1)).since())
                .isEqualTo(CollectOptions.Since.FIRST);
    }

    @Test
    void eventTimeIsChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WatermarkOptions.outOfOrderBy(Duration.ofSeconds(-1)))
                .withMessage("outOfOrderness must be zero or longer, but was PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                WatermarkOptions.outOfOrderBy(Duration.ZERO)
                                        .withIdleTimeout(Duration.ZERO))
                .withMessage("idleTimeout must be longer than zero, but was PT0S");
    }

    @Test
    void stateOptionsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateOptions.expireAfter(Duration.ZERO))
                .withMessage("timeToLive must be longer than zero, but was PT0S");
    }
}
