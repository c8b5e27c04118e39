package dev.waxwing.simulation.sink;

import dev.waxwing.sink.SinkContract;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a target can do to those who write to it, without anything crashing. */
public enum TargetFault {

    /** The connection is reset before the target has dealt with a call. */
    RESET(1, () -> new SocketException("Connection reset")),

    /** No answer comes, and the target has nothing of the call. */
    TIMEOUT_WITHOUT_SUCCESS(1, () -> new SocketTimeoutException("Read timed out")),

    /** No answer comes, though the target has done what it was asked to. */
    TIMEOUT_WITH_SUCCESS(1, () -> new SocketTimeoutException("Read timed out")),

    /** The target asks to be left alone, several times. */
    TOO_MANY_REQUESTS(6, () -> new IOException("429 Too Many Requests")),

    /** There is no room for several calls, until somebody makes some. */
    DISK_FULL(3, () -> new FileSystemException("target", null, "No space left on device")),

    /** The target may not be written to for several calls, until somebody allows it again. */
    PERMISSION_LOST(4, () -> new AccessDeniedException("target")),

    /** The target, data and markers, is put back to what it was before: must be noticed. */
    MARKER_RESTORED(0, IOException::new),

    /**
     * Executions start from copies of the store, each several times: one that knows less than the
     * target must be kept out for good, one that knows as much fences the first for good.
     */
    STORE_COPIED(0, IOException::new);

    private final int times;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor
    private final Supplier<IOException> failure;

    TargetFault(int times, Supplier<IOException> failure) {
        this.times = times;
        this.failure = failure;
    }

    /** How often it happens in a row. */
    int times() {
        return times;
    }

    IOException failure() {
        return failure.get();
    }

    /** Whether calls fail, and not what the target holds. */
    boolean isOfCalls() {
        return times > 0;
    }

    /** Why it does not apply to the sink of a suite; null if it does. */
    @Nullable String whyNot(Suite<?> suite) {
        SinkContract contract = suite.contract();
        if (isOfCalls() || contract == SinkContract.TRANSACTIONAL) {
            return null;
        }
        if (NO_MARKER.contains(contract)) {
            return "the target keeps no marker that could go back or be fenced";
        }
        if (!suite.hasMarkers()) {
            return "a marker is optional for this contract, what is staged is known by name";
        }
        return this == MARKER_RESTORED
                ? "readers may take away what is committed, so nothing tells what has gone back"
                : null;
    }

    private static final Set<SinkContract> NO_MARKER =
            Set.of(SinkContract.AT_LEAST_ONCE, SinkContract.BY_POSITION, SinkContract.IDEMPOTENT);
}
