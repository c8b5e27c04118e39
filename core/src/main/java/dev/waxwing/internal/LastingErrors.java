package dev.waxwing.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the errors that are still there however often something is tried again. */
public final class LastingErrors {

    /** Causes of causes; a chain may lead back to its beginning. */
    private static final int DEPTH_MAX = 100;

    private LastingErrors() {}

    /**
     * The error of that kind that a failure is or was caused by, or null: one of the machine, such
     * as {@link OutOfMemoryError} and {@link StackOverflowError}, or of linkage, such as {@link
     * NoSuchMethodError} and {@link ExceptionInInitializerError}. Needs no memory.
     */
    public static @Nullable Error find(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEPTH_MAX; depth++) {
            if (cause instanceof VirtualMachineError || cause instanceof LinkageError) {
                return (Error) cause;
            }
            cause = causeOf(cause);
        }
        return null;
    }

    /** A failure, and what it was caused by, each once; a hundred at most. */
    public static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Throwable cause = failure;
        while (cause != null && chain.size() < DEPTH_MAX && !contains(chain, cause)) {
            chain.add(cause);
            cause = causeOf(cause);
        }
        return chain;
    }

    private static boolean contains(List<Throwable> chain, Throwable cause) {
        return chain.stream().anyMatch(each -> each == cause);
    }

    /**
     * The cause of what was thrown, or null; also if that throws when it is asked, for the
     * exception may be of a user's class.
     */
    public static @Nullable Throwable causeOf(Throwable failure) {
        try {
            return failure.getCause();
        } catch (Throwable notTold) {
            return null;
        }
    }
}
