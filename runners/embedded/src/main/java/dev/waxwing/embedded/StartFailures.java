package dev.waxwing.embedded;

import dev.waxwing.internal.LastingErrors;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.StepFailedException;
import org.jspecify.annotations.Nullable;

/** Tells what went wrong at a start and may pass by itself from what was refused. */
final class StartFailures {

    private StartFailures() {}

    /**
     * Whether the same start may succeed later though nobody changes dataflow, options or store:
     * what users' code threw when it looked outside may pass, and a full disk. Wrong arguments and
     * what we refuse do not.
     */
    static boolean mayPass(Throwable failure) {
        if (failure instanceof RecoveryException refused) {
            return refused.mayPass();
        }
        if (failure instanceof StepFailedException) {
            Throwable cause = LastingErrors.causeOf(failure);
            return cause != null && !isWrongArgument(cause);
        }
        return !(failure instanceof DataflowException) && !isWrongArgument(failure);
    }

    private static boolean isWrongArgument(@Nullable Throwable thrown) {
        return thrown instanceof IllegalArgumentException;
    }
}
