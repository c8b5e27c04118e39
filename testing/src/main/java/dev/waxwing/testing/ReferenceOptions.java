package dev.waxwing.testing;

import java.util.Objects;

/**
 * How the reference runner runs a plan.
 *
 * @param epochBatches after how many source batches an epoch ends, 1 or more
 * @param clock the runtime's clock; the runner moves it on when there is nothing else to do
 */
public record ReferenceOptions(int epochBatches, ManualClock clock) {

    public ReferenceOptions {
        Objects.requireNonNull(clock, "clock must not be null");
        if (epochBatches < 1) {
            throw new IllegalArgumentException(
                    "epochBatches must be 1 or more, but was " + epochBatches);
        }
    }

    /** A single epoch for all input, a clock of its own. */
    public static ReferenceOptions defaults() {
        return new ReferenceOptions(Integer.MAX_VALUE, ManualClock.start());
    }

    /** Epochs of so many source batches. */
    public ReferenceOptions withEpochEvery(int batches) {
        return new ReferenceOptions(batches, clock);
    }

    public ReferenceOptions withEpochAfterEachBatch() {
        return withEpochEvery(1);
    }

    public ReferenceOptions withClock(ManualClock wanted) {
        return new ReferenceOptions(epochBatches, wanted);
    }
}
