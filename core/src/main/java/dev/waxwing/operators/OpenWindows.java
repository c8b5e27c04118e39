package dev.waxwing.operators;

import dev.waxwing.kernel.Outputs;
import dev.waxwing.windowing.WindowResult;
import org.jspecify.annotations.Nullable;

/** The open windows of one key. */
interface OpenWindows<V, R> {

    /** The watermark that had been reached when the snapshot was taken; before anything else. */
    default void resumeAt(long watermark) {}

    /** Puts a value that is not late into its windows. */
    void take(V value, long micros, Outputs<? super WindowResult<R>> out) throws Exception;

    /** The windows that a late value would have been in. */
    long[] lateFor(long micros);

    /** Gives the results that are due now, and closes windows. */
    void advance(long watermark, Outputs<? super WindowResult<R>> out) throws Exception;

    /** The watermark with which {@link #advance} has something to do; the end of time for never. */
    long dueAt();

    /** The runtime's time at which {@link #advance} has something to do. */
    default long dueAtMillis() {
        return Long.MAX_VALUE;
    }

    /** Whether no window is open. */
    boolean isEmpty();

    /** What to keep; null for nothing. */
    @Nullable WindowsState<?, ?> snapshot();
}
