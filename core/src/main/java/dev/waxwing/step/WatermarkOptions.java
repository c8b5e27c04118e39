package dev.waxwing.step;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a stream's watermark follows the timestamps of its items.
 *
 * <p>For each source partition (or, behind an exchange, each sending worker) the watermark is the
 * largest timestamp seen minus {@code outOfOrderness}; the stream's is the least of them, leaving
 * out those that have been silent for {@code idleTimeout}. If all have been, it is that of the one
 * that is ahead, whichever fell silent first. It never goes back: what a partition that was left
 * out brings later is late if it lies before it.
 *
 * <p>A partition is silent if it was read and had nothing. One that waits to be read, as the
 * dataflow rests or its turn has not come ({@link dev.waxwing.source.SourcePartition#isWaiting}),
 * or of which an item is held before the step, by a call, a batch or a wait for another attempt, is
 * waited for. What a key emits by itself, by time or at the end of input, is of the partition of
 * the key's last item.
 */
public final class WatermarkOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Duration outOfOrderness;
    private final Duration idleTimeout;

    private WatermarkOptions(Duration outOfOrderness, Duration idleTimeout) {
        if (outOfOrderness.isNegative()) {
            throw new IllegalArgumentException(
                    "outOfOrderness must be zero or longer, but was " + outOfOrderness);
        }
        if (idleTimeout.isNegative() || idleTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "idleTimeout must be longer than zero, but was " + idleTimeout);
        }
        this.outOfOrderness = outOfOrderness;
        this.idleTimeout = idleTimeout;
    }

    /** Items out of order by at most {@code duration}; a partition is idle after a minute. */
    public static WatermarkOptions outOfOrderBy(Duration duration) {
        return new WatermarkOptions(duration, Duration.ofMinutes(1));
    }

    public WatermarkOptions withIdleTimeout(Duration timeout) {
        return new WatermarkOptions(outOfOrderness, timeout);
    }

    /** {@return by how much an item may be older than the newest before it; zero or longer} */
    public Duration outOfOrderness() {
        return outOfOrderness;
    }

    /**
     * {@return after how long without items, in the runtime's time, a partition no longer holds the
     * watermark; longer than zero}
     */
    public Duration idleTimeout() {
        return idleTimeout;
    }
}
