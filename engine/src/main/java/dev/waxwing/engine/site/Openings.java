package dev.waxwing.engine.site;

import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.step.FailurePolicy;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls by which a step gets hold of something outside: lists, opens and claims its
 * partitions. One that fails is made again as the policy of the step says. Thread-safe.
 *
 * @param rest between attempts
 * @param at hears whose call is being made, and null when it has returned
 */
public record Openings(Rest rest, Consumer<? super @Nullable CoreStep> at) {

    /** What is longer is as good as for ever. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Lets the calling thread rest. */
    @FunctionalInterface
    public interface Rest {
        void rest(Duration wait) throws InterruptedException;
    }

    /** A call that may fail. */
    @FunctionalInterface
    public interface Call<R> {
        R make() throws Exception;
    }

    /** Openings between whose attempts the thread sleeps. */
    public static Openings sleeping(Consumer<? super @Nullable CoreStep> at) {
        return new Openings(wait -> Thread.sleep(bounded(wait).toMillis()), at);
    }

    /** Openings whose attempts follow one another at once, where time is not real. */
    public static Openings atOnce() {
        return new Openings(wait -> {}, step -> {});
    }

    /**
     * Makes a call, again and again if it may succeed later and attempts are left.
     *
     * @param what is called, in the words of messages: {@code listParts}
     * @throws Exception what the last attempt threw, also if the rest before the next is
     *     interrupted
     */
    public <R> R make(CoreStep step, String what, Call<R> call) throws Exception {
        FailurePolicy policy = step.policy();
        for (int attempts = 1; ; attempts++) {
            at.accept(step);
            try {
                return call.make();
            } catch (Exception thrown) {
                if (policy == null
                        || attempts >= policy.attemptsMax()
                        || !policy.appliesToOpening(thrown)
                        || !rests(step, what, policy.backOff().waitAfter(attempts), thrown)) {
                    throw thrown;
                }
            } finally {
                at.accept(null);
            }
        }
    }

    private boolean rests(CoreStep step, String what, Duration wait, Exception thrown) {
        System.getLogger(Openings.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "step '"
                                + step.userStep()
                                + "': "
                                + what
                                + " threw "
                                + StepChecks.told(thrown)
                                + ", and is called again in "
                                + bounded(wait).toMillis()
                                + " ms");
        try {
            rest.rest(wait);
            return true;
        } catch (InterruptedException endHasCome) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration bounded(Duration wait) {
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
