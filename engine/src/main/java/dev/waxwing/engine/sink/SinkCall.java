package dev.waxwing.engine.sink;

import org.jspecify.annotations.Nullable;

/**
 * One call of a sink partition, and what follows from it.
 *
 * @param method of the partition, as messages name it
 * @param action makes the call, on the worker or on a lane; may throw
 * @param end takes the outcome, on the worker; what it throws ends the execution
 */
record SinkCall(String method, Action action, End end) {

    /** The code that runs where the partition is called. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /** The code that accounts for the call on the worker. */
    @FunctionalInterface
    interface End {

        /**
         * @param failure thrown by the call, or null
         */
        void ended(@Nullable Throwable failure);
    }
}
