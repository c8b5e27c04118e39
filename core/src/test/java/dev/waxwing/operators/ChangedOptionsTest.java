package dev.waxwing.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.WindowOut;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.LateValue;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowOptions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Options of a window step that change between two executions; values are seconds. */
final class ChangedOptionsTest {

    private static final TumblingWindower TENS = TumblingWindower.of(seconds(10));

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Operator<KeyedStream<String, Integer>, WindowOut<String, Integer, Integer>> sums(
            Clock<? super Integer, ?> clock) {
        return Windows.reduce(clock, TENS, Integer::sum);
    }

    @Test
    void earlyResultsByTimeThatAreAddedComeSoLongAfterTheStart() {
        var clock =
                EventClock.<Integer>of(Instant::ofEpochSecond, Duration.ZERO).withoutIdleAdvance();
        var driver = WindowDriver.of(sums(clock), WindowOptions.unordered()).take(1, 2);

        driver.restartAs(sums(clock), WindowOptions.unordered().withEarlyResultEvery(seconds(5)));

        assertThat(driver.pause(seconds(4)).results()).isEmpty();
        assertThat(driver.pause(seconds(1)).results()).containsExactly("0:3 EARLY");
    }

    @Test
    void whatTheStreamHasForgottenIsLateAtKeysThatHaveGone() {
        var clock = StreamClock.<Integer>of(Instant::ofEpochSecond);
        var lateness = WindowOptions.unordered().withAllowedLateness(seconds(60));
        var driver = WindowDriver.of(sums(clock), WindowOptions.unordered()).take(1);
        driver.watermark(12_000_000);

        assertThat(driver.isKept()).isFalse();
        driver.restartAs(sums(clock), lateness).take(2, 13, 12).watermark(80_000_000);
        driver.take(25);

        assertThat(driver.results()).containsExactly("0:1", "1:25", "2:25");
        assertThat(driver.late).containsExactly(new LateValue<>(0, 2));
    }
}
