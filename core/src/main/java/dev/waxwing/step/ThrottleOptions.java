package dev.waxwing.step;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/** How many items go on in a length of time, and how many wait. */
public final class ThrottleOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int ITEMS_MAX = 1_000_000;
    private static final int DAYS_MAX = 366;
    private static final int BUFFER_ITEMS = 100;

    private final int itemsMax;
    private final Duration per;
    private final int bufferItems;

    private ThrottleOptions(int itemsMax, Duration per, int bufferItems) {
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
        this.itemsMax = itemsMax;
        this.per = per;
        this.bufferItems = bufferItems;
    }

    /** So many items in each length of time, with 100 items that wait. */
    public static ThrottleOptions upTo(int itemsMax, Duration per) {
        return new ThrottleOptions(itemsMax, per, BUFFER_ITEMS);
    }

    public ThrottleOptions withBufferItems(int items) {
        return new ThrottleOptions(itemsMax, per, items);
    }

    /**
     * {@return how many go on in a length of time at most, from 1 to 1,000,000; takes eight bytes
     * of memory for each}
     */
    public int itemsMax() {
        return itemsMax;
    }

    /** {@return the length of time, from a millisecond to 366 days} */
    public Duration per() {
        return per;
    }

    /**
     * {@return how many items wait in the step, 1 or more; then it takes no more} They are stored
     * with each epoch.
     */
    public int bufferItems() {
        return bufferItems;
    }
}
