package dev.waxwing.engine.delivery;

import java.util.Collection;

/** All places of an outbox but some that were rejected. Immutable. */
final class Places {

    private final long items;
    /* Ascending: before the one at index i there are without[i] - i that are left. */
    private final long[] without;

    Places(long items, Collection<Long> without) {
        this.items = items;
        this.without = without.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    int count() {
        return Math.toIntExact(items - without.length);
    }

    /** The place of the {@code index}-th item that is left. */
    long at(int index) {
        if (index < 0 || index >= count()) {
            throw new IndexOutOfBoundsException(index + " of " + count());
        }
        int low = 0;
        int high = without.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean isBehind = without[middle] - middle <= index;
            if (isBehind) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return (long) index + low;
    }
}
