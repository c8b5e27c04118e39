package dev.waxwing.step;

import org.jspecify.annotations.Nullable;

/**
 * A sink cannot keep its promise, and trying again would not help: a target has lost what it was
 * given, or belongs to another execution. What was decided is kept; a person has to choose.
 */
public final class DeliveryException extends DataflowException {

    private static final long serialVersionUID = 1L;

    public DeliveryException(String stepId, String message, @Nullable Throwable cause) {
        super(stepId, message, cause);
    }
}
