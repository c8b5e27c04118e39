package dev.waxwing.testing;

import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.StepFailedException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Calls a step's code as its policy says. Reading waits between attempts, all else does not. */
final class Attempts {

    private final ReferenceStep step;
    private final String what;

    /**
     * @param what what is called, for messages
     */
    Attempts(ReferenceStep step, String what) {
        this.step = step;
        this.what = what;
    }

    /** One attempt; what it emits is passed on only if it succeeds. */
    interface Call {
        void on(ReferenceOutputs out) throws Exception;
    }

    /** Calls for one item, which can become a dead letter. */
    void forItem(@Nullable Object key, Object item, Call call) {
        ReferenceOutputs out = new ReferenceOutputs(step, key);
        Throwable failure = attempt(out, call);
        for (int made = 1; retries(failure, made); made++) {
            out = new ReferenceOutputs(step, key);
            failure = attempt(out, call);
        }
        if (failure == null) {
            out.pass();
        } else if (applies(failure) && step.step.hasDeadLetters()) {
            step.send(step.step.deadLetterPort(), null, deadLetter(step, key, item, failure));
        } else {
            throw isTold(failure)
                    ? (StepFailedException) failure
                    : step.checks.threwFor(what, key, item, failure);
        }
    }

    /** Calls for no item in particular: what fails for good stops the execution. */
    ReferenceOutputs forNone(Call call) {
        ReferenceOutputs out = new ReferenceOutputs(step, null);
        Throwable failure = attempt(out, call);
        for (int made = 1; retries(failure, made); made++) {
            out = new ReferenceOutputs(step, null);
            failure = attempt(out, call);
        }
        if (failure != null) {
            throw failed(null, failure);
        }
        return out;
    }

    /** Makes a call that gets hold of something outside; throws what the last attempt threw. */
    <R> R opening(Callable<R> call) throws Exception {
        FailurePolicy policy = step.step.policy();
        for (int made = 1; ; made++) {
            try {
                return call.call();
            } catch (Exception failure) {
                if (policy == null
                        || made >= policy.attemptsMax()
                        || !policy.appliesToOpening(failure)) {
                    throw failure;
                }
            }
        }
    }

    /** As {@link #opening}, but what is thrown names the step. */
    <R> R opened(Callable<R> call) {
        try {
            return opening(call);
        } catch (CrashException crash) {
            throw crash;
        } catch (Throwable failure) {
            throw failed(null, failure);
        }
    }

    /** When a call that has failed so often is to be made again; throws if it is not. */
    Instant nextAttempt(int failures, Throwable failure, Instant now) {
        FailurePolicy policy = step.step.policy();
        if (policy == null
                || !policy.appliesTo(failure)
                || isTold(failure)
                || failures >= policy.attemptsMax()) {
            throw failed(null, failure);
        }
        return Instant.ofEpochMilli(policy.backOff().endMillis(failures, now.toEpochMilli()));
    }

    private boolean retries(@Nullable Throwable failure, int made) {
        return failure != null && applies(failure) && made < attemptsMax();
    }

    boolean applies(Throwable failure) {
        FailurePolicy policy = step.step.policy();
        return policy != null && policy.appliesTo(failure);
    }

    int attemptsMax() {
        FailurePolicy policy = step.step.policy();
        return policy == null ? 1 : policy.attemptsMax();
    }

    RuntimeException failed(@Nullable Object key, Throwable failure) {
        if (isTold(failure)) {
            return (StepFailedException) failure;
        }
        return key == null
                ? step.checks.threw(what, failure)
                : step.checks.threw(what, key, failure);
    }

    /* No step behind has run: what names another step is an exception of this one's code. */
    private boolean isTold(Throwable failure) {
        return failure instanceof StepFailedException told
                && step.step.userStep().equals(told.stepId());
    }

    static DeadLetter deadLetter(
            ReferenceStep step, @Nullable Object key, Object item, Throwable cause) {
        return new DeadLetter(step.step.userStep(), key, item, step.time.epoch(), cause);
    }

    static @Nullable Throwable attempt(ReferenceOutputs out, Call call) {
        try {
            call.on(out);
            return null;
        } catch (CrashException e) {
            throw e;
        } catch (Throwable e) {
            return e;
        }
    }
}
