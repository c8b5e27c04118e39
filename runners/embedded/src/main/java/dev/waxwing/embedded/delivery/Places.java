package dev.waxwing.embedded.delivery;

import java.util.Arrays;
import java.util.Collection;

/** All places of an outbox but some that were rejected. Immutable. */
final class Places {

    private final long items;
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
        long place = index;
        for (long gone : without) {
            if (gone > place) {
                break;
            }
            place++;
        }
        return place;
    }

    boolean has(long place) {
        return Arrays.binarySearch(without, place) < 0;
    }
}
