package dev.waxwing.step;

import java.io.Serializable;
import java.time.Duration;

/**
 * Waits between attempts that fail in a row: doubled each time, up to the longest. Both may be as
 * long as one likes, such as for ever.
 *
 * @param first wait after the first failure
 * @param max the longest wait
 */
public record BackOff(Duration first, Duration max) implements Serializable {

    public BackOff {
        if (first.isNegative() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the first wait must be zero or longer and at most the longest, but they were "
                            + first
                            + " and "
                            + max);
        }
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
}
