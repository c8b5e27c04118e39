package dev.waxwing.join;

import java.io.Serializable;
import java.time.Duration;

/**
 * How far apart values of the two sides of an interval join may be: a value of the right side at
 * {@code t} belongs to one of the left at {@code s} if {@code s + lower <= t <= s + upper}.
 *
 * @param lower may be negative
 * @param upper not less than {@code lower}
 */
public record Interval(Duration lower, Duration upper) implements Serializable {

    public Interval {
        if (upper.compareTo(lower) < 0) {
            throw new IllegalArgumentException(
                    "upper must not be less than lower, but upper was "
                            + upper
                            + " and lower "
                            + lower);
        }
    }

    /** From {@code lower} to {@code upper} after the left value, both inclusive. */
    public static Interval between(Duration lower, Duration upper) {
        return new Interval(lower, upper);
    }

    /** No further apart than {@code distance}, in either direction. */
    public static Interval within(Duration distance) {
        return new Interval(distance.negated(), distance);
    }
}
