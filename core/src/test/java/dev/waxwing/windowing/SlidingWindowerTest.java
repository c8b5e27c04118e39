package dev.waxwing.windowing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SlidingWindowerTest {

    private static final Instant ALIGN = Instant.parse("2022-01-01T00:00:00Z");

    private static SlidingWindower every(int offset) {
        return SlidingWindower.of(Duration.ofSeconds(10), Duration.ofSeconds(offset))
                .alignedTo(ALIGN);
    }

    private static long micros(double second) {
        return Micros.of(ALIGN) + Math.round(second * 1e6);
    }

    private static String text(long... ids) {
        return java.util.Arrays.toString(ids);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5  | 13   | [1, 2]",
                "5  | -3   | [-2, -1]",
                "5  | 3    | [-1, 0]",
                "5  | 7    | [0, 1]",
                "5  | 15   | [2, 3]",
                "5  | -5   | [-2, -1]",
                "5  | 0    | [-1, 0]",
                "5  | 10   | [1, 2]",
                "3  | 11   | [1, 2, 3]",
                "3  | 11.5 | [1, 2, 3]",
                "3  | -1   | [-3, -2, -1]",
                "3  | -1.5 | [-3, -2, -1]",
                "3  | 5    | [-1, 0, 1]",
                "7  | 14   | [1, 2]",
                "7  | -7   | [-2, -1]",
                "7  | 0    | [-1, 0]",
                "7  | 17   | [2]",
                "7  | -4   | [-1]",
                "7  | 10   | [1]",
                "10 | 15   | [1]",
                "10 | -5   | [-1]",
                "10 | 5    | [0]",
                "10 | 20   | [2]",
                "10 | -10  | [-1]",
                "10 | 10   | [1]",
                "10 | 0    | [0]"
            })
    void w13_w15_idsOfTheWindowsThatATimeIsIn(int offset, double second, String ids) {
        var windower = every(offset).build(null);

        assertThat(text(windower.lateFor(micros(second)))).isEqualTo(ids);
        assertThat(text(windower.openFor(micros(second)))).isEqualTo(ids);
    }

    @Test
    void w16_windowHoldsItsStartAndNotItsEnd() {
        var windower = TumblingWindower.of(Duration.ofSeconds(10)).alignedTo(ALIGN).build(null);

        assertThat(windower.openFor(micros(0))).containsExactly(0);
        assertThat(windower.openFor(micros(10) - 1)).containsExactly(0);
        assertThat(windower.openFor(micros(10))).containsExactly(1);
    }

    @Test
    void windowClosesWhenTheWatermarkIsAtItsEnd() {
        var windower = every(5).build(null);
        windower.openFor(micros(12));

        assertThat(windower.closesAt()).isEqualTo(micros(15));
        assertThat(windower.closesAt(2)).isEqualTo(micros(20));
        assertThat(windower.closeFor(micros(15) - 1)).isEmpty();
        assertThat(windower.closeFor(micros(15)))
                .containsExactly(WindowResult.Metadata.of(1, micros(5), micros(15)));
        assertThat(windower.snapshot()).containsExactly(2L);
        assertThat(windower.closeFor(Micros.END_OF_TIME)).hasSize(1);
        assertThat(windower.closesAt()).isEqualTo(Micros.END_OF_TIME);
        assertThat(windower.snapshot()).isNull();
    }

    @Test
    void openWindowsAreResumed() {
        var windower = every(5).build(List.of(7L, 9L));

        assertThat(windower.closeFor(Micros.END_OF_TIME))
                .extracting(WindowResult.Metadata::windowId)
                .containsExactly(7L, 9L);
    }

    @Test
    void lateTimeOpensNothing() {
        var windower = every(5).build(null);

        windower.lateFor(micros(3));

        assertThat(windower.snapshot()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1852-02-29T00:00:00Z", "1969-12-31T23:59:59.999Z", "2072-01-01T00:00:00Z"})
    void w17_farAlignmentGivesExactIds(String far) {
        Instant alignTo = Instant.parse(far);
        Duration length = Duration.ofMillis(1);
        var windower = TumblingWindower.of(length).alignedTo(alignTo).build(null);
        long id = Duration.between(alignTo, ALIGN).toMillis();

        assertThat(windower.openFor(Micros.of(ALIGN))).containsExactly(id);
        assertThat(windower.openFor(Micros.of(ALIGN) - 1)).containsExactly(id - 1);
        assertThat(windower.window(id).open()).isEqualTo(ALIGN);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 86_400_000, 31_622_400_000L, 3_162_240_000_000L})
    void lengthsFromAMillisecondToACenturyHoldTheirBounds(long millis) {
        var windower = TumblingWindower.of(Duration.ofMillis(millis)).build(null);
        for (long micros : new long[] {Micros.of(Instant.MIN), -1, 0, 1, Micros.of(ALIGN)}) {
            long id = windower.openFor(micros)[0];

            WindowResult.Metadata window = windower.window(id);
            assertThat(window.openMicros()).isLessThanOrEqualTo(micros);
            assertThat(window.closeMicros()).isGreaterThan(micros);
            assertThat(window.closeMicros() - window.openMicros()).isEqualTo(millis * 1_000);
        }
    }

    @Test
    void farthestTimesHaveWindowsWhateverTheAlignment() {
        long farthest = SlidingWindower.ALIGNMENT_MICROS_MAX;
        for (long alignTo : new long[] {-farthest, 0, farthest}) {
            var bounds =
                    SlidingWindower.of(Duration.ofNanos(3_000), Duration.ofNanos(1_000))
                            .alignedTo(Micros.toInstant(alignTo))
                            .bounds();
            for (Instant at : List.of(Instant.MIN, Instant.EPOCH, Instant.MAX)) {
                long micros = Micros.of(at);
                long[] ids = bounds.ids(micros);

                assertThat(ids).hasSize(3);
                assertThat(bounds.open(ids[2])).isEqualTo(micros);
                assertThat(bounds.close(ids[0])).isEqualTo(micros + 1);
            }
        }
    }

    @Test
    void w14_offsetLongerThanTheLengthIsRefused() {
        assertThatThrownBy(() -> every(11))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("offset must not be longer than length")
                .hasMessageContaining("offset was PT11S and length PT10S");
    }

    @Test
    void lengthsAndOffsetsThatAreNotLongerThanZeroAreRefused() {
        assertThatThrownBy(() -> every(0))
                .hasMessage("offset must be longer than zero, but was PT0S");
        assertThatThrownBy(() -> every(-1)).hasMessageContaining("offset must be longer than zero");
        assertThatThrownBy(() -> TumblingWindower.of(Duration.ZERO))
                .hasMessage("length must be longer than zero, but was PT0S");
        assertThatThrownBy(() -> TumblingWindower.of(Duration.ofSeconds(-1)))
                .hasMessage("length must be longer than zero, but was PT-1S");
    }

    @Test
    void edgesBetweenMicrosecondsAreRefused() {
        Duration odd = Duration.ofNanos(1_500);
        Instant between = ALIGN.plusNanos(1);

        assertThatThrownBy(() -> TumblingWindower.of(odd))
                .hasMessage("length must be in whole microseconds, but was PT0.0000015S");
        assertThatThrownBy(() -> SlidingWindower.of(Duration.ofSeconds(1), odd))
                .hasMessage("offset must be in whole microseconds, but was PT0.0000015S");
        assertThatThrownBy(() -> every(5).alignedTo(between))
                .hasMessageContaining("alignTo must be in whole microseconds");
        assertThatThrownBy(() -> TumblingWindower.of(Duration.ofDays(1)).alignedTo(between))
                .hasMessageContaining("alignTo must be in whole microseconds");
    }

    @Test
    void alignmentOfTensOfThousandsOfYearsAgoIsRefused() {
        Instant farthest = Micros.toInstant(-SlidingWindower.ALIGNMENT_MICROS_MAX);

        assertThat(every(5).alignedTo(farthest).alignTo()).isEqualTo(farthest);
        assertThatThrownBy(() -> every(5).alignedTo(farthest.minusMillis(1)))
                .hasMessageContaining("alignTo must be within 36,000 years of 1970, but was -34");
        assertThatThrownBy(
                        () ->
                                TumblingWindower.of(Duration.ofDays(1))
                                        .alignedTo(
                                                Instant.EPOCH.plus(Duration.ofDays(365 * 40_000L))))
                .hasMessageContaining("alignTo must be within 36,000 years of 1970");
    }

    @Test
    void valueInMoreThanAMillionWindowsIsRefused() {
        assertThatThrownBy(() -> SlidingWindower.of(Duration.ofDays(365), Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 1000000 windows")
                .hasMessageContaining("make offset longer");
    }
}
