package dev.waxwing.step;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long the state of a key is kept.
 *
 * @param timeToLive after how long without a value of the key its state is discarded; longer than
 *     zero. The time for which the dataflow was stopped does not count
 */
public record StateOptions(Duration timeToLive) implements Serializable {

    public StateOptions {
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException(
                    "timeToLive must be longer than zero, but was " + timeToLive);
        }
    }

    /** State that is discarded when its key has been silent for so long. */
    public static StateOptions expireAfter(Duration timeToLive) {
        return new StateOptions(timeToLive);
    }
}
