package dev.waxwing.testing;

import dev.waxwing.internal.LastingErrors;
import org.jspecify.annotations.Nullable;

/** Thrown by {@link TestItems#crash}: the execution ends as if its process had been killed. */
public final class CrashException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CrashException(String message) {
        super(message);
    }

    /** Whether a failure was caused by a crash that a test asked for. */
    public static boolean caused(@Nullable Throwable failure) {
        return failure != null
                && LastingErrors.chain(failure).stream().anyMatch(CrashException.class::isInstance);
    }
}
