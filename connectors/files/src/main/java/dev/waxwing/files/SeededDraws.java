package dev.waxwing.files;

/**
 * Random numbers that depend on a seed and an event's number only, so that any event can be made
 * again without those before it. Confined to a partition's thread.
 */
final class SeededDraws {

    /*
     * SplitMix64: the finalizer of MurmurHash3 over a counter (Steele, Lea, Flood: Fast splittable
     * pseudorandom number generators, 2014). Each event's draws start from the hash of seed and
     * number.
     */

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long seed;
    private long state;

    SeededDraws(long seed) {
        this.seed = seed;
    }

    /** Starts the draws of an event. */
    void start(long event) {
        state = mix(seed, event);
    }

    /** From 0 to {@code bound} - 1. */
    int below(int bound) {
        return (int) below((long) bound);
    }

    /** From 0 to {@code bound} - 1. */
    long below(long bound) {
        state += GOLDEN;
        return Math.multiplyHigh(finish(state) >>> 1, 2 * bound);
    }

    /** From 0 to 1, without 1. */
    double fraction() {
        state += GOLDEN;
        return (finish(state) >>> 11) * 0x1.0p-53;
    }

    static long mix(long seed, long number) {
        return finish(finish(seed + GOLDEN) + number * GOLDEN);
    }

    static long mix(long number) {
        return finish(number + GOLDEN);
    }

    private static long finish(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
