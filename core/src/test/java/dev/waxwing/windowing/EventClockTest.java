package dev.waxwing.windowing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.HandContext;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EventClockTest {

    private static final Instant NINE = Instant.parse("2022-01-01T09:00:00Z");
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final HandContext context = new HandContext();

    private ClockLogic<Instant, Long> waiting(Duration wait) {
        return waiting(wait, null);
    }

    private ClockLogic<Instant, Long> waiting(Duration wait, @Nullable Long resumeState) {
        return EventClock.<Instant>of(at -> at, wait).build(context, resumeState);
    }

    private ClockLogic<Instant, Long> waitingFiveSeconds() {
        return waiting(Duration.ofSeconds(5));
    }

    private static Instant at(double second) {
        return NINE.plusNanos(Math.round(second * 1e9));
    }

    private static long micros(double second) {
        return Micros.of(at(second));
    }

    @Test
    void w03_watermarkStartsAtTheStartOfTime() {
        assertThat(waitingFiveSeconds().watermark()).isEqualTo(Micros.START_OF_TIME);
    }

    @Test
    void w04_watermarkIsTheTimestampLessTheWait() throws Exception {
        var clock = waitingFiveSeconds();

        assertThat(clock.onItem(at(7))).isEqualTo(micros(7));

        assertThat(clock.watermark()).isEqualTo(micros(2));
    }

    @Test
    void w05_watermarkGoesOnWithSystemTime() throws Exception {
        var clock = waitingFiveSeconds();
        clock.onItem(at(7));

        context.advance(Duration.ofSeconds(2));

        assertThat(clock.watermark()).isEqualTo(micros(4));
    }

    @Test
    void w06_laterValueMovesTheWatermark() throws Exception {
        var clock = waitingFiveSeconds();
        clock.onItem(at(7));
        clock.onItem(at(10));

        assertThat(clock.watermark()).isEqualTo(micros(5));
    }

    @Test
    void w07_olderValueLeavesTheWatermark() throws Exception {
        var clock = waitingFiveSeconds();
        clock.onItem(at(7));
        clock.onItem(at(3));

        assertThat(clock.watermark()).isEqualTo(micros(2));
    }

    @Test
    void w08_olderValueLaterLeavesWhatSystemTimeHasMoved() throws Exception {
        var clock = waitingFiveSeconds();
        clock.onItem(at(7));
        context.advance(Duration.ofSeconds(2));
        clock.onItem(at(3));

        assertThat(clock.watermark()).isEqualTo(micros(4));
    }

    @Test
    void w09_valueSlowerThanSystemTimeLeavesTheWatermark() throws Exception {
        var clock = waitingFiveSeconds();
        clock.onItem(at(7));
        context.advance(Duration.ofSeconds(2));
        clock.onItem(at(8));

        assertThat(clock.watermark()).isEqualTo(micros(4));
    }

    @Test
    void w10_waitForEverStaysAtTheStartOfTimeButForSystemTime() throws Exception {
        var clock = waiting(FOR_EVER);
        clock.onItem(at(7));
        assertThat(clock.watermark()).isEqualTo(Micros.START_OF_TIME);

        context.advance(Duration.ofSeconds(2));

        assertThat(clock.watermark()).isEqualTo(Micros.START_OF_TIME + 2_000_000);
        assertThat(clock.wakeAtMillis(micros(0))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void waitForEverIsNotWokenAfterARestartEither() throws Exception {
        var first = waiting(FOR_EVER);
        first.onItem(at(7));
        context.advance(Duration.ofSeconds(2));
        first.watermark();

        var resumed = waiting(FOR_EVER, first.snapshot());

        assertThat(resumed.wakeAtMillis(micros(0))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void w12_systemTimeThatRunsBackHoldsTheWatermark() throws Exception {
        var clock = waitingFiveSeconds();
        clock.onItem(at(7));
        context.advance(Duration.ofSeconds(2));
        clock.watermark();

        context.advance(Duration.ofHours(-1));
        assertThat(clock.watermark()).isEqualTo(micros(4));
        clock.onItem(at(10));
        assertThat(clock.watermark()).isEqualTo(micros(5));
    }

    @Test
    void valueDoesNotCountTimeAgainThatRanBack() throws Exception {
        var clock = waiting(Duration.ZERO);
        clock.onItem(at(0));
        context.advance(Duration.ofMillis(100));
        assertThat(clock.watermark()).isEqualTo(micros(0.1));

        context.advance(Duration.ofMillis(-50));
        clock.onItem(at(1));
        context.advance(Duration.ofMillis(50));

        assertThat(clock.watermark()).isEqualTo(micros(1));
        assertThat(clock.wakeAtMillis(micros(1.01))).isEqualTo(context.nowMillis() + 10);
    }

    @Test
    void w47_withoutIdleAdvanceOnlyValuesMoveTheWatermark() throws Exception {
        var clock =
                EventClock.<Instant>of(at -> at, Duration.ofSeconds(5))
                        .withoutIdleAdvance()
                        .build(context, null);
        clock.onItem(at(7));

        context.advance(Duration.ofDays(1));

        assertThat(clock.watermark()).isEqualTo(micros(2));
        assertThat(clock.wakeAtMillis(micros(3))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void wakesWhenTheWatermarkIsDueToGetThere() throws Exception {
        var clock = waitingFiveSeconds();
        clock.onItem(at(7));

        assertThat(clock.wakeAtMillis(micros(10))).isEqualTo(context.nowMillis() + 8_000);
        assertThat(clock.wakeAtMillis(micros(10) + 1)).isEqualTo(context.nowMillis() + 8_001);
        assertThat(clock.wakeAtMillis(micros(1))).isEqualTo(context.nowMillis());
        assertThat(clock.wakeAtWatermark(micros(10))).isEqualTo(Micros.END_OF_TIME);
    }

    @Test
    void watermarkIsThereWhenItWakes() throws Exception {
        var clock = waitingFiveSeconds();
        clock.onItem(at(7.000_001));

        long wait = clock.wakeAtMillis(micros(10)) - context.nowMillis();
        context.advance(Duration.ofMillis(wait));

        assertThat(clock.watermark()).isGreaterThanOrEqualTo(micros(10));
    }

    @Test
    void beforeAnyValueNothingWakes() {
        assertThat(waitingFiveSeconds().wakeAtMillis(micros(10))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void restartDoesNotCountTheTimeBetween() throws Exception {
        var first = waitingFiveSeconds();
        first.onItem(at(7));
        context.advance(Duration.ofDays(3));

        var resumed = waiting(Duration.ofSeconds(5), first.snapshot());
        assertThat(resumed.watermark()).isEqualTo(micros(2));
        context.advance(Duration.ofSeconds(2));
        assertThat(resumed.watermark()).isEqualTo(micros(4));
    }

    @Test
    void systemTimeBehindThatOfTheLastExecutionDoesNotMatter() throws Exception {
        var first = waitingFiveSeconds();
        first.onItem(at(7));
        context.advance(Duration.ofDays(-3));

        var resumed = waiting(Duration.ofSeconds(5), first.snapshot());
        context.advance(Duration.ofSeconds(1));

        assertThat(resumed.watermark()).isEqualTo(micros(3));
        assertThat(resumed.wakeAtMillis(micros(4))).isEqualTo(context.nowMillis() + 1_000);
    }

    @Test
    void farthestTimestampsAreTaken() throws Exception {
        var clock = waiting(Duration.ofDays(365 * 70_000L));

        clock.onItem(Instant.MIN);
        long first = clock.watermark();
        clock.onItem(Instant.MAX);

        assertThat(first).isLessThan(Micros.of(Instant.MIN));
        assertThat(clock.watermark()).isGreaterThan(first).isLessThan(Micros.of(Instant.MAX));
        assertThat(clock.wakeAtMillis(Micros.of(Instant.MAX))).isGreaterThan(context.nowMillis());
    }

    @Test
    void negativeWaitIsRefused() {
        assertThatThrownBy(() -> EventClock.of(at -> NINE, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outOfOrderness must be zero or longer, but was PT-1S");
    }

    @Test
    @SuppressWarnings("NullAway") // a broken promise on purpose
    void missingTimestampIsRefused() {
        var clock = EventClock.<String>of(value -> null, Duration.ZERO).build(context, null);

        assertThatThrownBy(() -> clock.onItem("a"))
                .hasMessage("the timestamp function returned null");
    }
}
