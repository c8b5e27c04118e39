package dev.waxwing.step;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ThrottleOptionsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> ThrottleOptions.upTo(0, SECOND))
                .hasMessage("itemsMax must be from 1 to 1000000, but was 0");
        assertThatThrownBy(() -> ThrottleOptions.upTo(1_000_001, SECOND))
                .hasMessage("itemsMax must be from 1 to 1000000, but was 1000001");
        assertThatThrownBy(() -> ThrottleOptions.upTo(1, Duration.ofNanos(999_999)))
                .hasMessage("per must be from a millisecond to 366 days, but was PT0.000999999S");
        assertThatThrownBy(() -> ThrottleOptions.upTo(1, Duration.ofDays(367)))
                .hasMessage("per must be from a millisecond to 366 days, but was PT8808H");
        assertThatThrownBy(() -> ThrottleOptions.upTo(1, SECOND).withBufferItems(0))
                .hasMessage("bufferItems must be 1 or more, but was 0");
    }
}
