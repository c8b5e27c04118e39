package dev.waxwing.step;

import org.jspecify.annotations.Nullable;

/**
 * Code of a step threw: a user's function, a connector. The message names what was called, the step
 * and, where there is one, the key or partition; the cause is what was thrown, untouched.
 */
public final class StepFailedException extends DataflowException {

    private static final long serialVersionUID = 1L;

    public StepFailedException(String stepId, String message, @Nullable Throwable cause) {
        super(stepId, message, cause);
    }
}
