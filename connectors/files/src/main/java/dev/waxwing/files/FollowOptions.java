package dev.waxwing.files;

import dev.waxwing.function.Supplier;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * How a growing file is followed: its end is not the end of input, and a line is emitted once its
 * newline has come.
 */
public final class FollowOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Duration pollInterval;
    private final OnTruncation onTruncation;
    private final Supplier<Instant> clock;

    private FollowOptions(
            Duration pollInterval, OnTruncation onTruncation, Supplier<Instant> clock) {
        if (pollInterval.isNegative() || pollInterval.isZero()) {
            throw new IllegalArgumentException(
                    "pollInterval must be longer than zero, but was "
                            + pollInterval
                            + "; 200 ms is the default");
        }
        this.pollInterval = pollInterval;
        this.onTruncation = onTruncation;
        this.clock = clock;
    }

    /** Looks every 200 ms, and stops with an error if the file is truncated or replaced. */
    public static FollowOptions defaults() {
        return new FollowOptions(Duration.ofMillis(200), OnTruncation.FAIL, Instant::now);
    }

    public FollowOptions withPollInterval(Duration interval) {
        return new FollowOptions(interval, onTruncation, clock);
    }

    public FollowOptions withOnTruncation(OnTruncation choice) {
        return new FollowOptions(pollInterval, choice, clock);
    }

    /** For tests: another clock than the system's. */
    public FollowOptions withClock(Supplier<Instant> newClock) {
        return new FollowOptions(pollInterval, onTruncation, newClock);
    }

    /** {@return how long to wait at the end of the file before looking again} */
    public Duration pollInterval() {
        return pollInterval;
    }

    /** {@return what to do when the file was truncated or replaced} */
    public OnTruncation onTruncation() {
        return onTruncation;
    }

    /** {@return what tells the time that waiting is counted from} */
    public Supplier<Instant> clock() {
        return clock;
    }
}
