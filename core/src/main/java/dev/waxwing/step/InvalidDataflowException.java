package dev.waxwing.step;

import org.jspecify.annotations.Nullable;

/** A mistake in a dataflow that was found while it was built or checked; nothing has run. */
public final class InvalidDataflowException extends DataflowException {

    private static final long serialVersionUID = 1L;

    public InvalidDataflowException(@Nullable String stepId, String message) {
        super(stepId, message, null);
    }
}
