package dev.waxwing.step;

import java.io.Serializable;
import java.time.Duration;

/**
 * Waits between attempts that fail in a row: doubled each time, up to the longest. Both may be as
 * long as one likes, such as for ever.
 */
public final class BackOff implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Duration first;
    private final Duration max;

    private BackOff(Duration first, Duration max) {
        if (first.isNegative() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the first wait must be zero or longer and at most the longest, but they were "
                            + first
                            + " and "
                            + max);
        }
        this.first = first;
        this.max = max;
    }

    /** Waits from {@code first}, doubled each time, up to {@code max}. */
    public static BackOff of(Duration first, Duration max) {
        return new BackOff(first, max);
    }

    /** The wait after so many failures in a row, from 1. */
    public Duration waitAfter(int failures) {
        Duration wait = first;
        for (int i = 1; i < failures && !wait.isZero() && wait.compareTo(max) < 0; i++) {
            wait = wait.compareTo(max.minus(wait)) < 0 ? wait.plus(wait) : max;
        }
        return wait;
    }

    /**
     * When that wait is over, in milliseconds of the clock that shows {@code nowMillis}; {@link
     * Long#MAX_VALUE} if no clock will ever show it.
     */
    public long endMillis(int failures, long nowMillis) {
        try {
            return Math.addExact(nowMillis, waitAfter(failures).toMillis());
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** {@return the wait after the first failure} */
    public Duration first() {
        return first;
    }

    /** {@return the longest wait} */
    public Duration max() {
        return max;
    }
}
