package dev.waxwing.embedded;

import dev.waxwing.step.BackOff;
import java.time.Duration;
import java.util.Objects;

/**
 * Whether an execution that failed starts again by itself.
 *
 * <p>A start that was refused is not tried again, since that heals by no waiting: a store that is
 * damaged, in use or of another dataflow, state that today's types do not fit, partitions that are
 * missing, arguments that are wrong.
 *
 * <p>Nor is an execution started again that failed by an error which is still there the next time:
 * {@link OutOfMemoryError}, {@link StackOverflowError} and others of the machine, {@link
 * NoSuchMethodError} and others of linkage, also as the cause of an exception.
 *
 * <p>An execution that is stopped or aborted while it waits to start again ends as failed, with
 * what it failed of: nothing was worked off since.
 *
 * <p>Without recovery a restart begins at the beginning. An epoch that ends meanwhile sets the
 * count back all the same, so that what fails later than that, again and again, is started again
 * for ever.
 */
public final class RestartPolicy {

    private final int restartsMax;
    private final BackOff backOff;

    private RestartPolicy(int restartsMax, BackOff backOff) {
        Objects.requireNonNull(backOff, "backOff must not be null");
        if (restartsMax < 0) {
            throw new IllegalArgumentException(
                    "restartsMax must be 0 or more, but was " + restartsMax);
        }
        this.restartsMax = restartsMax;
        this.backOff = backOff;
    }

    /** A failure ends the execution. */
    public static RestartPolicy never() {
        return upTo(0);
    }

    /** Up to {@code restartsMax} times, with waits from 100 ms, doubled up to 30 s. */
    public static RestartPolicy upTo(int restartsMax) {
        return new RestartPolicy(
                restartsMax, BackOff.of(Duration.ofMillis(100), Duration.ofSeconds(30)));
    }

    /** The same with other waits: the first, doubled up to the longest. */
    public RestartPolicy withBackOff(Duration first, Duration max) {
        return new RestartPolicy(restartsMax, BackOff.of(first, max));
    }

    /**
     * {@return how often, without an epoch in between that was decided and that all sinks have
     * committed; 0 for never}
     */
    public int restartsMax() {
        return restartsMax;
    }

    /** {@return the waits before restarts} */
    public BackOff backOff() {
        return backOff;
    }
}
