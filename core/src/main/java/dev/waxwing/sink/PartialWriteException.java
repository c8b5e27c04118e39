package dev.waxwing.sink;

import java.util.Arrays;

/**
 * Says which items of a batch were not written, so that only those are tried again or become dead
 * letters, in order. All others of the batch count as written.
 */
public final class PartialWriteException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int[] failed;

    /**
     * @param failed indexes into the batch, ascending, each once, at least one
     * @param cause why
     */
    public PartialWriteException(int[] failed, Throwable cause) {
        super(failed.length + " items of the batch were not written: " + cause.getMessage(), cause);
        if (failed.length == 0) {
            throw new IllegalArgumentException("failed must name at least one item");
        }
        for (int i = 0; i < failed.length; i++) {
            if (failed[i] < 0 || (i > 0 && failed[i] <= failed[i - 1])) {
                throw new IllegalArgumentException(
                        "failed must be indexes in ascending order, each once, but is "
                                + Arrays.toString(failed));
            }
        }
        this.failed = Arrays.copyOf(failed, failed.length);
    }

    /** Indexes into the batch of what was not written, ascending. */
    public int[] failed() {
        return Arrays.copyOf(failed, failed.length);
    }
}
