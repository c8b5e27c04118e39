package dev.waxwing.recovery;

import dev.waxwing.step.DataflowException;
import org.jspecify.annotations.Nullable;

/**
 * What is stored cannot be read, written or understood; the message says what to do about it.
 *
 * <p>A store that threw this has kept every epoch that was decided before.
 */
public final class RecoveryException extends DataflowException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /**
     * Without a cause.
     *
     * @param message subject, what was expected, what was found, and the next action
     */
    public RecoveryException(String message) {
        this(null, message, null, Kind.REFUSED);
    }

    /**
     * With what the operating system, the database or a user's constructor threw.
     *
     * @param message subject, what was expected, what was found, and the next action
     */
    public RecoveryException(String message, Throwable cause) {
        this(null, message, cause, Kind.REFUSED);
    }

    private RecoveryException(
            @Nullable String stepId, String message, @Nullable Throwable cause, Kind kind) {
        super(stepId, message, cause);
        this.kind = kind;
    }

    /**
     * What a step needs does not fit what is stored.
     *
     * @param stepId full id of the step
     * @param message subject, what was expected, what was found, and the next action
     */
    public static RecoveryException ofStep(
            String stepId, String message, @Nullable Throwable cause) {
        return new RecoveryException(stepId, message, cause, Kind.REFUSED);
    }

    /**
     * As the constructor, for what {@link #mayPass}; for stores.
     *
     * @param message subject, what was expected, what was found, and the next action
     */
    public static RecoveryException passing(String message, Throwable cause) {
        return new RecoveryException(null, message, cause, Kind.PASSING);
    }

    /**
     * As the constructor, for a store that another execution has taken over; for stores.
     *
     * @param message subject, what was expected, what was found, and the next action
     */
    public static RecoveryException takenOver(String message) {
        return new RecoveryException(null, message, null, Kind.TAKEN_OVER);
    }

    /**
     * Whether the same may succeed later though nobody changes dataflow or store: a disk was full,
     * a file was locked, reading or writing failed.
     */
    public boolean mayPass() {
        return kind == Kind.PASSING;
    }

    /**
     * Whether another execution has taken the store over, so that this one writes no more. Starting
     * it again helps nobody.
     */
    public boolean isTakenOver() {
        return kind == Kind.TAKEN_OVER;
    }

    private enum Kind {
        REFUSED,
        PASSING,
        TAKEN_OVER
    }
}
