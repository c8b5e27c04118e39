package dev.waxwing.join;

import dev.waxwing.windowing.Micros;
import java.io.Serializable;
import java.time.Duration;

/**
 * How far apart values of the two sides of an interval join may be: a value of the right side at
 * {@code t} belongs to one of the left at {@code s} if {@code s + lower <= t <= s + upper}.
 *
 * @param lower may be negative; in whole microseconds
 * @param upper not less than {@code lower}; in whole microseconds
 * @param retention how long a key's own watermark is kept after its last value has gone, so that
 *     late values stay late; then the key is as new. The time for which the dataflow was stopped
 *     does not count. Zero or longer
 */
public record Interval(Duration lower, Duration upper, Duration retention) implements Serializable {

    public Interval {
        if (upper.compareTo(lower) < 0) {
            throw new IllegalArgumentException(
                    "upper must not be less than lower, but upper was "
                            + upper
                            + " and lower "
                            + lower);
        }
        Micros.checkWhole("lower", lower);
        Micros.checkWhole("upper", upper);
        if (retention.isNegative()) {
            throw new IllegalArgumentException(
                    "retention must be zero or longer, but was " + retention);
        }
    }

    /**
     * From {@code lower} to {@code upper} after the left value, both inclusive; a day's retention.
     */
    public static Interval between(Duration lower, Duration upper) {
        return new Interval(lower, upper, Duration.ofDays(1));
    }

    /** No further apart than {@code distance}, in either direction; a day's retention. */
    public static Interval within(Duration distance) {
        return between(distance.negated(), distance);
    }

    /** The same with another retention of keys without values. */
    public Interval withRetention(Duration duration) {
        return new Interval(lower, upper, duration);
    }

    /**
     * Two values that an interval join has found to belong together.
     *
     * @param left of the stream that is joined
     * @param right of the other one
     * @param <A> value of the left side
     * @param <B> value of the right side
     */
    public record Match<A, B>(A left, B right) {}
}
