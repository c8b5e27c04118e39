package dev.waxwing.windowing;

import java.time.Duration;
import java.time.Instant;

/**
 * Time in microseconds since 1970, as clocks and windowers reckon. What is finer than a microsecond
 * is cut off, which moves no timestamp across the edge of a window, as edges are whole
 * microseconds.
 *
 * <p>Timestamps and durations are kept within 2<sup>61</sup> microseconds, some 73,000 years, so
 * that sums of them cannot overflow; what lies beyond counts as lying at the end of that range.
 */
public final class Micros {

    /** Before every timestamp: the watermark of a stream of which nothing is known. */
    public static final long START_OF_TIME = Long.MIN_VALUE;

    /** After every timestamp: the watermark when the input has ended, and a time for never. */
    public static final long END_OF_TIME = Long.MAX_VALUE;

    private static final long LIMIT = 1L << 61;
    private static final long SECOND = 1_000_000L;
    private static final long LIMIT_SECONDS = LIMIT / SECOND;

    private Micros() {}

    /** A timestamp, cut to the microsecond before it. */
    public static long of(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (seconds >= LIMIT_SECONDS) {
            return LIMIT;
        }
        if (seconds < -LIMIT_SECONDS) {
            return -LIMIT;
        }
        return seconds * SECOND + instant.getNano() / 1_000;
    }

    /** A duration, cut to whole microseconds. */
    public static long of(Duration duration) {
        long seconds = duration.getSeconds();
        if (seconds >= LIMIT_SECONDS) {
            return LIMIT;
        }
        if (seconds < -LIMIT_SECONDS) {
            return -LIMIT;
        }
        return seconds * SECOND + duration.getNano() / 1_000;
    }

    /** The runtime's time. */
    public static long ofMillis(long millis) {
        if (Math.abs(millis) >= LIMIT / 1_000 || millis == Long.MIN_VALUE) {
            return millis < 0 ? -LIMIT : LIMIT;
        }
        return millis * 1_000;
    }

    /** The instant; the start and the end of time are the least and the greatest instant. */
    public static Instant toInstant(long micros) {
        if (micros == START_OF_TIME) {
            return Instant.MIN;
        }
        if (micros == END_OF_TIME) {
            return Instant.MAX;
        }
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1_000);
    }

    /** In milliseconds, the next one if it is between two. */
    public static long toMillis(long micros) {
        return micros == END_OF_TIME ? Long.MAX_VALUE : -Math.floorDiv(-micros, 1_000L);
    }

    /** Later by a duration; what overflows is the start or the end of time. */
    public static long plus(long micros, long duration) {
        if (micros == START_OF_TIME || micros == END_OF_TIME) {
            return micros;
        }
        long sum = micros + duration;
        if (((micros ^ sum) & (duration ^ sum)) < 0) {
            return duration < 0 ? START_OF_TIME : END_OF_TIME;
        }
        return sum;
    }

    /** How long it is from one time to a later one; what overflows is {@link #END_OF_TIME}. */
    static long between(long from, long to) {
        long distance = to - from;
        return distance < 0 && to > from ? END_OF_TIME : distance;
    }

    /**
     * Refuses what is finer than a microsecond.
     *
     * @param name what the duration is, for the message
     */
    public static void checkWhole(String name, Duration duration) {
        if (duration.toNanosPart() % 1_000 != 0) {
            throw new IllegalArgumentException(
                    name + " must be in whole microseconds, but was " + duration);
        }
    }

    /** Whether a duration is as long as durations get, and so means for ever. */
    public static boolean isForEver(long duration) {
        return duration >= LIMIT;
    }
}
