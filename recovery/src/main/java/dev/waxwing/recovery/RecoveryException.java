package dev.waxwing.recovery;

import dev.waxwing.DataflowException;

/**
 * What is stored cannot be read, written or understood; the message says what to do about it.
 *
 * <p>A store that threw this has kept every epoch that was decided before.
 */
public final class RecoveryException extends DataflowException {

    private static final long serialVersionUID = 1L;

    /**
     * Without a cause.
     *
     * @param message subject, what was expected, what was found, and the next action
     */
    public RecoveryException(String message) {
        super(null, message, null);
    }

    /**
     * With what the operating system, the database or a user's constructor threw.
     *
     * @param message subject, what was expected, what was found, and the next action
     */
    public RecoveryException(String message, Throwable cause) {
        super(null, message, cause);
    }
}
