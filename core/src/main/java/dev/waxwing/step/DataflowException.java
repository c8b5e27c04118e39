package dev.waxwing.step;

import org.jspecify.annotations.Nullable;

/** What goes wrong with a dataflow: while it is built, started, run or resumed. */
public class DataflowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String stepId;

    public DataflowException(@Nullable String stepId, String message, @Nullable Throwable cause) {
        super(message);
        this.stepId = stepId;
        if (cause != null) {
            initCause(cause);
        }
    }

    /** Full id of the step that it is about, or null if it is about the whole dataflow. */
    public @Nullable String stepId() {
        return stepId;
    }
}
