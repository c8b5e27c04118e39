package dev.waxwing.step;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a collected list is emitted.
 *
 * @param itemsMax emit when the list has so many values, 1 or more
 * @param timeout emit after this long, longer than zero
 * @param since from when the time-out counts
 */
public record CollectOptions(int itemsMax, Duration timeout, Since since) implements Serializable {

    /** From when a time-out counts. */
    public enum Since {
        /** Since the first value of the list: a list is never older than the time-out. */
        FIRST,
        /** Since the last value: a list is emitted when its key has been silent. */
        LAST
    }

    public CollectOptions {
        if (itemsMax < 1) {
            throw new IllegalArgumentException("itemsMax must be 1 or more, but was " + itemsMax);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "timeout must be longer than zero, but was " + timeout);
        }
    }

    /** Lists of up to {@code itemsMax} values, none older than {@code timeout}. */
    public static CollectOptions upTo(int itemsMax, Duration timeout) {
        return new CollectOptions(itemsMax, timeout, Since.FIRST);
    }

    public CollectOptions withTimeoutSince(Since start) {
        return new CollectOptions(itemsMax, timeout, start);
    }
}
