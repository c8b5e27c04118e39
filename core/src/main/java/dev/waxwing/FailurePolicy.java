package dev.waxwing;

import java.io.Serializable;
import java.time.Duration;

/**
 * What a stateless step, a source or a sink does when its code throws. Without a policy the
 * execution stops.
 *
 * <p>With a policy, what a call emits is passed on only when the call has succeeded.
 *
 * <p>What becomes a dead letter is an item: one whose function threw or returned null, one that a
 * sink did not write, or what a source rejects. A call that is for no item in particular, such as
 * reading a source or the end of an activation, is tried again as often and then stops the
 * execution.
 *
 * @param attemptsMax how often a call is made, 1 or more
 * @param backOff wait before the second attempt, doubled for each further one
 * @param backOffMax the longest wait
 * @param last what happens when all attempts have failed
 */
public record FailurePolicy(int attemptsMax, Duration backOff, Duration backOffMax, Last last)
        implements Serializable {

    /** What happens when all attempts have failed. */
    public enum Last {
        /** The execution stops. */
        FAIL,
        /** The item goes to the step's dead letters. */
        DEAD_LETTER
    }

    public FailurePolicy {
        if (attemptsMax < 1) {
            throw new IllegalArgumentException(
                    "attemptsMax must be 1 or more, but was " + attemptsMax);
        }
        if (backOff.isNegative() || backOffMax.compareTo(backOff) < 0) {
            throw new IllegalArgumentException(
                    "backOff must be zero or longer and at most backOffMax, but they were "
                            + backOff
                            + " and "
                            + backOffMax);
        }
    }

    /** No second attempt; what failed becomes a {@link DeadLetter}. */
    public static FailurePolicy deadLetter() {
        return new FailurePolicy(1, Duration.ZERO, Duration.ZERO, Last.DEAD_LETTER);
    }

    /** Up to {@code attemptsMax} attempts, waits of 100 ms doubled up to 10 s, then stop. */
    public static FailurePolicy retry(int attemptsMax) {
        return new FailurePolicy(
                attemptsMax, Duration.ofMillis(100), Duration.ofSeconds(10), Last.FAIL);
    }

    /** The same with other waits. */
    public FailurePolicy withBackOff(Duration first, Duration max) {
        return new FailurePolicy(attemptsMax, first, max, last);
    }

    /** The same, but what fails for good becomes a {@link DeadLetter}. */
    public FailurePolicy thenDeadLetter() {
        return new FailurePolicy(attemptsMax, backOff, backOffMax, Last.DEAD_LETTER);
    }

    /** The wait after {@code attempt} (from 1) has failed. */
    public Duration waitAfter(int attempt) {
        Duration wait = backOff;
        for (int i = 1; i < attempt && wait.compareTo(backOffMax) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(backOffMax) < 0 ? wait : backOffMax;
    }
}
