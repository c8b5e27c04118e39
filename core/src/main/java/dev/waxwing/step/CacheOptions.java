package dev.waxwing.step;

import java.io.Serializable;
import java.time.Duration;

/** How much a worker's cache keeps and for how long. */
public final class CacheOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int entriesMax;
    private final Duration timeToLive;

    private CacheOptions(int entriesMax, Duration timeToLive) {
        if (entriesMax < 1) {
            throw new IllegalArgumentException(
                    "entriesMax must be 1 or more, but was " + entriesMax);
        }
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException(
                    "timeToLive must be longer than zero, but was " + timeToLive);
        }
        this.entriesMax = entriesMax;
        this.timeToLive = timeToLive;
    }

    /** Entries that stay good until they are pushed out. */
    public static CacheOptions entries(int entriesMax) {
        return new CacheOptions(entriesMax, Duration.ofMillis(Long.MAX_VALUE));
    }

    public CacheOptions withTimeToLive(Duration duration) {
        return new CacheOptions(entriesMax, duration);
    }

    /**
     * {@return how many entries a worker keeps, 1 or more; the least recently used one goes first}
     */
    public int entriesMax() {
        return entriesMax;
    }

    /** {@return how long an entry is used before it is fetched again; longer than zero} */
    public Duration timeToLive() {
        return timeToLive;
    }
}
