package dev.waxwing.windowing;

import dev.waxwing.internal.SlidingBounds;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Windows of equal length that open at equal distances and overlap. Window {@code i}, which may be
 * negative, opens at {@code alignTo + i * offset}, inclusive, and closes {@code length} later,
 * exclusive.
 *
 * @param length of each window; longer than zero, in whole microseconds
 * @param offset between the starts of two windows; longer than zero, not longer than {@code
 *     length}, in whole microseconds
 * @param alignTo where window 0 opens; in whole microseconds, within 2<sup>60</sup> of them, some
 *     36,000 years, of 1970
 */
public record SlidingWindower(Duration length, Duration offset, Instant alignTo)
        implements Windower<List<Long>> {

    /** So that no number of a window, nor twice that number, overflows: some 36,000 years. */
    static final long ALIGNMENT_MICROS_MAX = 1L << 60;

    /** Each late value goes out once for each window. */
    private static final long WINDOWS_MAX = 1_000_000;

    public SlidingWindower {
        check("length", length);
        check("offset", offset);
        checkAlignment(alignTo);
        if (offset.compareTo(length) > 0) {
            throw new IllegalArgumentException(
                    "offset must not be longer than length, or values between windows would be in"
                            + " none, but offset was "
                            + offset
                            + " and length "
                            + length);
        }
        if (Micros.of(length) / Micros.of(offset) >= WINDOWS_MAX) {
            throw new IllegalArgumentException(
                    "a value would be in more than "
                            + WINDOWS_MAX
                            + " windows, as length was "
                            + length
                            + " and offset "
                            + offset
                            + "; make offset longer");
        }
    }

    /** Windows that are aligned to 1970. */
    public static SlidingWindower of(Duration length, Duration offset) {
        return new SlidingWindower(length, offset, Instant.EPOCH);
    }

    /** The same with window 0 opening at an instant. */
    public SlidingWindower alignedTo(Instant instant) {
        return new SlidingWindower(length, offset, instant);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "kind of windows",
                "by time",
                "length of windows",
                length.toString(),
                "offset of windows",
                offset.toString(),
                "alignment of windows",
                alignTo.toString());
    }

    @Override
    public WindowerLogic<List<Long>> build(@Nullable List<Long> resumeState) {
        return new SlidingWindowerLogic(bounds(), resumeState);
    }

    SlidingBounds bounds() {
        return new SlidingBounds(Micros.of(length), Micros.of(offset), Micros.of(alignTo));
    }

    static void check(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(
                    name + " must be longer than zero, but was " + duration);
        }
        Micros.checkWhole(name, duration);
    }

    static void checkAlignment(Instant alignTo) {
        if (!alignTo.truncatedTo(ChronoUnit.MICROS).equals(alignTo)) {
            throw new IllegalArgumentException(
                    "alignTo must be in whole microseconds, but was " + alignTo);
        }
        if (Math.abs(Micros.of(alignTo)) > ALIGNMENT_MICROS_MAX) {
            throw new IllegalArgumentException(
                    "alignTo must be within 36,000 years of 1970, but was " + alignTo);
        }
    }
}
