package dev.waxwing.run;

/** Where an execution is in its life. */
public enum ExecutionStatus {
    /** State is being restored, sources and sinks opened. */
    STARTING,
    /** Items flow. */
    RUNNING,
    /** It failed and will start again after a wait. */
    RESTARTING,
    /** It is finishing what was read. */
    STOPPING,
    /** All input ended and everything has been worked off. */
    COMPLETED,
    /** It was stopped gracefully. */
    STOPPED,
    /** It was aborted. */
    ABORTED,
    /** It failed, and was not started again: none was left, or it was stopped before that. */
    FAILED;

    /** Whether it has ended. */
    public boolean isFinal() {
        return compareTo(COMPLETED) >= 0;
    }
}
