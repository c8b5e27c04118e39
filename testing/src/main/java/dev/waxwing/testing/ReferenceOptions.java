package dev.waxwing.testing;

import java.util.Objects;

/** How the reference runner runs a plan. */
public final class ReferenceOptions {

    private final int epochBatches;
    private final ManualClock clock;

    private ReferenceOptions(int epochBatches, ManualClock clock) {
        Objects.requireNonNull(clock, "clock must not be null");
        if (epochBatches < 1) {
            throw new IllegalArgumentException(
                    "epochBatches must be 1 or more, but was " + epochBatches);
        }
        this.epochBatches = epochBatches;
        this.clock = clock;
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

    /** {@return after how many source batches an epoch ends, 1 or more} */
    public int epochBatches() {
        return epochBatches;
    }

    /** {@return the runtime's clock; the runner moves it on when there is nothing else to do} */
    public ManualClock clock() {
        return clock;
    }
}
