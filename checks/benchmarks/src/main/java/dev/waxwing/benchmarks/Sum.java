package dev.waxwing.benchmarks;

/** Adds readings up. */
final class Sum {

    long total;

    Sum add(Reading reading) {
        total += reading.value();
        return this;
    }

    Sum merge(Sum other) {
        total += other.total;
        return this;
    }

    /** One number for the sum of a window of a sensor, for a tally. */
    static long mark(long sensor, long openMillis, long total) {
        return (total ^ openMillis) * 31 + sensor;
    }
}
