package dev.waxwing.step;

import dev.waxwing.internal.LastingErrors;
import dev.waxwing.sink.FencedException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * What a stateless step, a source or a sink does when its code throws. Without a policy the
 * execution stops.
 *
 * <p>Policies are for exceptions. Errors stop the execution, and so do exceptions that were caused
 * by one that no attempt heals; see {@link #appliesTo}. An exception with a {@link
 * StackOverflowError} for its cause is one like others, as a parser throws it of an item that is
 * nested too deeply.
 *
 * <p>With a policy, what a call emits is passed on only when the call has succeeded; but what a
 * source has read before it fails is kept.
 *
 * <p>What becomes a dead letter is an item: one whose function threw or returned null, one that a
 * sink did not write, or what a source rejects. A call that is for no item in particular, such as
 * reading a source, the end of an activation, or listing, opening and claiming partitions, is tried
 * again as often and then stops the execution.
 */
public final class FailurePolicy implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What happens when all attempts have failed. */
    public enum Last {
        /** The execution stops. */
        FAIL,
        /** The item goes to the step's dead letters. */
        DEAD_LETTER
    }

    private final int attemptsMax;
    private final BackOff backOff;
    private final Last last;

    private FailurePolicy(int attemptsMax, BackOff backOff, Last last) {
        if (attemptsMax < 1) {
            throw new IllegalArgumentException(
                    "attemptsMax must be 1 or more, but was " + attemptsMax);
        }
        Objects.requireNonNull(backOff, "backOff must not be null");
        Objects.requireNonNull(last, "last must not be null");
        this.attemptsMax = attemptsMax;
        this.backOff = backOff;
        this.last = last;
    }

    /**
     * Whether the policy decides what comes of a failure: of an exception, unless it was caused by
     * an error that no attempt heals, such as {@link OutOfMemoryError} or {@link
     * NoSuchMethodError}. Of all other failures the execution stops at once.
     */
    public boolean appliesTo(Throwable failure) {
        Error lasting = LastingErrors.find(failure);
        return failure instanceof Exception
                && (lasting == null || lasting instanceof StackOverflowError);
    }

    /**
     * As {@link #appliesTo}, for a call by which a step gets hold of something outside: it lists,
     * opens or claims a partition. What was refused stays so, as arguments that are wrong and a
     * target that belongs to somebody else; a connection that was lost may be there again.
     */
    public boolean appliesToOpening(Throwable failure) {
        return appliesTo(failure)
                && !(failure instanceof FencedException)
                && !(failure instanceof DataflowException)
                && !(failure instanceof IllegalArgumentException)
                && !(failure instanceof InterruptedException);
    }

    /** No second attempt; what failed becomes a {@link DeadLetter}. */
    public static FailurePolicy deadLetter() {
        return new FailurePolicy(1, BackOff.of(Duration.ZERO, Duration.ZERO), Last.DEAD_LETTER);
    }

    /** Up to {@code attemptsMax} attempts, waits of 100 ms doubled up to 10 s, then stop. */
    public static FailurePolicy retry(int attemptsMax) {
        return new FailurePolicy(
                attemptsMax, BackOff.of(Duration.ofMillis(100), Duration.ofSeconds(10)), Last.FAIL);
    }

    /** The same with other waits: the first, doubled up to the longest. */
    public FailurePolicy withBackOff(Duration first, Duration max) {
        return new FailurePolicy(attemptsMax, BackOff.of(first, max), last);
    }

    /** The same, but what fails for good becomes a {@link DeadLetter}. */
    public FailurePolicy withDeadLetters() {
        return new FailurePolicy(attemptsMax, backOff, Last.DEAD_LETTER);
    }

    /** {@return how often a call is made, 1 or more} */
    public int attemptsMax() {
        return attemptsMax;
    }

    /** {@return the waits between attempts} */
    public BackOff backOff() {
        return backOff;
    }

    /** {@return what happens when all attempts have failed} */
    public Last last() {
        return last;
    }
}
