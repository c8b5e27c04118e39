package dev.waxwing.source;

import java.time.Duration;

/** Thrown by a {@link Poller} that has nothing now and wants to be asked again at another time. */
public final class RetryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Duration after;

    /**
     * @param after time from this poll to the next, zero or longer
     */
    public RetryException(Duration after) {
        super("nothing now, poll again after " + after);
        if (after.isNegative()) {
            throw new IllegalArgumentException("after must be zero or longer, but was " + after);
        }
        this.after = after;
    }

    /** Time from this poll to the next. */
    public Duration after() {
        return after;
    }
}
