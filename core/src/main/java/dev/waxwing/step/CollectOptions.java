package dev.waxwing.step;

import java.io.Serializable;
import java.time.Duration;

/** When a collected list is emitted. */
public final class CollectOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    /** From when a time-out counts. */
    public enum Since {
        /** Since the first value of the list: a list is never older than the time-out. */
        FIRST,
        /** Since the last value: a list is emitted when its key has been silent. */
        LAST
    }

    private final int itemsMax;
    private final Duration timeout;
    private final Since since;

    private CollectOptions(int itemsMax, Duration timeout, Since since) {
        if (itemsMax < 1) {
            throw new IllegalArgumentException("itemsMax must be 1 or more, but was " + itemsMax);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "timeout must be longer than zero, but was " + timeout);
        }
        this.itemsMax = itemsMax;
        this.timeout = timeout;
        this.since = since;
    }

    /** Lists of up to {@code itemsMax} values, none older than {@code timeout}. */
    public static CollectOptions upTo(int itemsMax, Duration timeout) {
        return new CollectOptions(itemsMax, timeout, Since.FIRST);
    }

    public CollectOptions withTimeoutSince(Since start) {
        return new CollectOptions(itemsMax, timeout, start);
    }

    /** {@return how many values a list has when it is emitted, 1 or more} */
    public int itemsMax() {
        return itemsMax;
    }

    /** {@return how long a list waits for more values; longer than zero} */
    public Duration timeout() {
        return timeout;
    }

    /** {@return from when the time-out counts} */
    public Since since() {
        return since;
    }
}
