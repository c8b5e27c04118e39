package dev.waxwing.step;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How many items go on in a length of time, and how many wait.
 *
 * @param itemsMax how many go on in a length of time at most, from 1 to 1,000,000; takes eight
 *     bytes of memory for each
 * @param per the length of time, from a millisecond to 366 days
 * @param bufferItems how many items wait in the step, 1 or more; then it takes no more. They are
 *     stored with each epoch
 */
public record ThrottleOptions(int itemsMax, Duration per, int bufferItems) implements Serializable {

    private static final int ITEMS_MAX = 1_000_000;
    private static final int DAYS_MAX = 366;
    private static final int BUFFER_ITEMS = 100;

    public ThrottleOptions {
        Objects.requireNonNull(per, "per must not be null");
        if (itemsMax < 1 || itemsMax > ITEMS_MAX) {
            throw new IllegalArgumentException(
                    "itemsMax must be from 1 to " + ITEMS_MAX + ", but was " + itemsMax);
        }
        if (per.compareTo(Duration.ofMillis(1)) < 0
                || per.compareTo(Duration.ofDays(DAYS_MAX)) > 0) {
            throw new IllegalArgumentException(
                    "per must be from a millisecond to " + DAYS_MAX + " days, but was " + per);
        }
        if (bufferItems < 1) {
            throw new IllegalArgumentException(
                    "bufferItems must be 1 or more, but was " + bufferItems);
        }
    }

    /** So many items in each length of time, with 100 items that wait. */
    public static ThrottleOptions upTo(int itemsMax, Duration per) {
        return new ThrottleOptions(itemsMax, per, BUFFER_ITEMS);
    }

    public ThrottleOptions withBufferItems(int items) {
        return new ThrottleOptions(itemsMax, per, items);
    }
}
