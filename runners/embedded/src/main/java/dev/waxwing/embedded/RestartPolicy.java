package dev.waxwing.embedded;

import java.time.Duration;

/**
 * Whether an execution that failed starts again by itself.
 *
 * @param restartsMax how often, without a decided epoch in between; 0 for never
 * @param backOff wait before the first restart, doubled for each further one
 * @param backOffMax the longest wait
 */
public record RestartPolicy(int restartsMax, Duration backOff, Duration backOffMax) {

    public RestartPolicy {
        if (restartsMax < 0) {
            throw new IllegalArgumentException(
                    "restartsMax must be 0 or more, but was " + restartsMax);
        }
        if (backOff.isNegative() || backOffMax.compareTo(backOff) < 0) {
            throw new IllegalArgumentException(
                    "backOff must be zero or longer and at most backOffMax, but they were "
                            + backOff
                            + " and "
                            + backOffMax);
        }
    }

    /** A failure ends the execution. */
    public static RestartPolicy never() {
        return new RestartPolicy(0, Duration.ZERO, Duration.ZERO);
    }

    /** Up to {@code restartsMax} times, with waits from 100 ms, doubled up to 30 s. */
    public static RestartPolicy upTo(int restartsMax) {
        return new RestartPolicy(restartsMax, Duration.ofMillis(100), Duration.ofSeconds(30));
    }

    public RestartPolicy withBackOff(Duration first, Duration max) {
        return new RestartPolicy(restartsMax, first, max);
    }

    /** The wait before a restart, from 1. */
    Duration waitBefore(int restart) {
        Duration wait = backOff;
        for (int i = 1; i < restart && wait.compareTo(backOffMax) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(backOffMax) < 0 ? wait : backOffMax;
    }
}
