package dev.waxwing.benchmarks;

/**
 * What one run showed.
 *
 * @param itemsPerSecond measured items a second
 * @param cpuNanosPerItem on a core, of the threads that read the input
 * @param bytesPerItem allocated by the threads that read the input
 * @param longestGapMillis in which one of them got no further
 * @param epochs decided, warm-up included; 0 without recovery
 * @param dirtyKeys touched in the last full epoch; 0 if that is not known
 */
record Sample(
        double itemsPerSecond,
        double cpuNanosPerItem,
        double bytesPerItem,
        double longestGapMillis,
        long epochs,
        int dirtyKeys) {}
