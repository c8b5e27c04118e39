package dev.waxwing.sink;

import java.time.Duration;

/** What has come of a commit. What is not known is thrown, and asked again. */
public sealed interface Outcome {

    /** It is in the target now. */
    record Committed() implements Outcome {}

    /** It was in the target before. */
    record AlreadyCommitted() implements Outcome {}

    /**
     * It is not in the target, and should be tried again. Counts as one of the attempts that the
     * step's policy allows, as a commit that throws does; attempts count anew when something was
     * committed in between.
     *
     * @param after how long to wait at least, zero or longer; the runner waits longer if the policy
     *     says so
     */
    record Retry(Duration after) implements Outcome {
        public Retry {
            if (after.isNegative()) {
                throw new IllegalArgumentException(
                        "after must be zero or longer, but was " + after);
            }
        }
    }

    /**
     * It is not in the target and never will be. The execution stops, and keeps what it has.
     *
     * @param reason what happened, and what the user can do
     */
    record Lost(String reason) implements Outcome {}

    static Outcome committed() {
        return new Committed();
    }

    static Outcome alreadyCommitted() {
        return new AlreadyCommitted();
    }

    static Outcome retry(Duration after) {
        return new Retry(after);
    }

    static Outcome lost(String reason) {
        return new Lost(reason);
    }
}
