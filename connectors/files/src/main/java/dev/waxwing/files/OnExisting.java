package dev.waxwing.files;

/**
 * What to do with a file that is there and not empty when writing begins without a resume state.
 * With a resume state, the file is always returned to its position, whatever is chosen here.
 */
public enum OnExisting {
    /** Refuse to start, so that nothing is lost by mistake. */
    FAIL,
    /** Write after what is there; its last line must be complete. */
    APPEND,
    /** Drop what is there. */
    TRUNCATE
}
