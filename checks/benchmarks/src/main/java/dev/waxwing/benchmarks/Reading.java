package dev.waxwing.benchmarks;

import java.time.Instant;

/**
 * What a sensor has measured.
 *
 * @param millis when, since 1970
 */
record Reading(long sensor, long millis, long value) {

    /** By how much a reading may be older than one before it. */
    static final long OUT_OF_ORDER_MILLIS = 100;

    /** How many there are in a millisecond of the data's time. */
    private static final long PER_MILLI = 1_000;

    private static final long START_MILLIS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    /** The reading of a number, of one of so many sensors. */
    static Reading of(long number, int sensors) {
        long mixed = mix(number);
        return new Reading(sensor(mixed, sensors), millis(number, mixed), value(mixed));
    }

    /** A number whose bits tell the rest (the finalizer of SplitMix64). */
    static long mix(long number) {
        long z = number + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    static long sensor(long mixed, int sensors) {
        return ((mixed >>> 32) * sensors) >>> 32;
    }

    static long millis(long number, long mixed) {
        return START_MILLIS + number / PER_MILLI - (mixed & 0x3f);
    }

    static long value(long mixed) {
        return mixed >>> 6 & 0xffff;
    }

    Instant at() {
        return Instant.ofEpochMilli(millis);
    }
}
