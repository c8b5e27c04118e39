package dev.waxwing.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.HandContext;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The clocks whose time comes from the runtime or from the stream. */
final class RuntimeClocksTest {

    private final HandContext context = new HandContext();

    @Test
    void systemClockTakesTheTimeOfArrival() throws Exception {
        var clock = SystemClock.<String>now().build(context, null);

        assertThat(clock.onItem("a")).isEqualTo(context.nowMillis() * 1_000);
        assertThat(clock.watermark()).isEqualTo(context.nowMillis() * 1_000);
        assertThat(clock.snapshot()).isNull();
    }

    @Test
    void systemClockThatRunsBackStandsStill() throws Exception {
        var clock = SystemClock.<String>now().build(context, null);
        long before = clock.watermark();

        context.advance(Duration.ofHours(-1));

        assertThat(clock.onItem("a")).isEqualTo(before);
        assertThat(clock.watermark()).isEqualTo(before);
    }

    @Test
    void systemClockWakesNotBeforeTheTime() {
        var clock = SystemClock.<String>now().build(context, null);

        assertThat(clock.wakeAtMillis(5_000)).isEqualTo(5);
        assertThat(clock.wakeAtMillis(5_001)).isEqualTo(6);
    }

    @Test
    void streamClockHasTheTimestampsOfValuesAndTheWatermarkOfTheStream() throws Exception {
        var clock = StreamClock.<Instant>of(at -> at).build(context, null);
        assertThat(clock.watermark()).isEqualTo(Micros.START_OF_TIME);

        assertThat(clock.onItem(Instant.ofEpochSecond(9))).isEqualTo(9_000_000);
        assertThat(clock.watermark()).isEqualTo(Micros.START_OF_TIME);
        context.watermark(4_000_000);

        assertThat(clock.watermark()).isEqualTo(4_000_000);
    }

    @Test
    void streamClockIsWokenByTheStreamAlone() {
        var clock = StreamClock.<Instant>of(at -> at).build(context, null);

        assertThat(clock.wakeAtWatermark(7)).isEqualTo(7);
        assertThat(clock.wakeAtMillis(7)).isEqualTo(Long.MAX_VALUE);
    }
}
