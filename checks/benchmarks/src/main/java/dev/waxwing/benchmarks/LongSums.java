package dev.waxwing.benchmarks;

import java.util.Arrays;

/** Sums by key in two flat arrays, with how often each was added to in a third. */
final class LongSums {

    private static final long FREE = Long.MIN_VALUE;

    private long[] keys = new long[1 << 12];
    private long[] sums = new long[1 << 12];
    private int[] counts = new int[1 << 12];
    private int size;

    LongSums() {
        Arrays.fill(keys, FREE);
    }

    void add(long key, long value, int count) {
        int at = indexOf(key);
        if (keys[at] == FREE) {
            if (size * 2 >= keys.length) {
                grow();
                at = indexOf(key);
            }
            keys[at] = key;
            size++;
        }
        sums[at] += value;
        counts[at] += count;
    }

    /** Adds to another, or takes away from it. */
    void addTo(LongSums other, int sign) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != FREE) {
                other.add(keys[i], sign * sums[i], sign);
            }
        }
    }

    /** Tells the sums of keys that have been added to. */
    void tally(long openMillis, Tally tally) {
        for (int i = 0; i < keys.length; i++) {
            if (counts[i] > 0) {
                tally.add(Sum.mark(keys[i], openMillis, sums[i]));
            }
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        Arrays.fill(keys, FREE);
        Arrays.fill(sums, 0);
        Arrays.fill(counts, 0);
        size = 0;
    }

    private int indexOf(long key) {
        int mask = keys.length - 1;
        int at = (int) ((key * 0x9e3779b97f4a7c15L) >>> 32) & mask;
        while (keys[at] != key && keys[at] != FREE) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldSums = sums;
        int[] oldCounts = counts;
        keys = new long[oldKeys.length * 2];
        sums = new long[oldKeys.length * 2];
        counts = new int[oldKeys.length * 2];
        Arrays.fill(keys, FREE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int at = indexOf(oldKeys[i]);
                keys[at] = oldKeys[i];
                sums[at] = oldSums[i];
                counts[at] = oldCounts[i];
            }
        }
    }
}
