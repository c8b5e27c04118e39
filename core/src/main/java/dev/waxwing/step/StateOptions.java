package dev.waxwing.step;

import java.io.Serializable;
import java.time.Duration;

/** How long the state of a key is kept. */
public final class StateOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Duration timeToLive;

    private StateOptions(Duration timeToLive) {
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException(
                    "timeToLive must be longer than zero, but was " + timeToLive);
        }
        this.timeToLive = timeToLive;
    }

    /** State that is discarded when its key has been silent for so long. */
    public static StateOptions expireAfter(Duration timeToLive) {
        return new StateOptions(timeToLive);
    }

    /**
     * {@return after how long without a value of the key its state is discarded; longer than zero}
     * The time for which the dataflow was stopped does not count.
     */
    public Duration timeToLive() {
        return timeToLive;
    }
}
