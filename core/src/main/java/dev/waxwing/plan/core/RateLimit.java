package dev.waxwing.plan.core;

import dev.waxwing.step.ThrottleOptions;
import java.util.Arrays;

/**
 * When waiting items go on: evenly, and never more than so many in any length of time. Goes by a
 * clock of milliseconds that never goes back. Confined to one thread.
 */
public final class RateLimit {

    /*
     * Two rules. A plan has the items one interval apart; one that could not go on in time, as the worker was late or
     * steps behind were slow, is made up for, up to a bound, so that lateness and the grain of the clock cost no rate.
     * What is made up for could be too much for a length of time, so a ring has when the last items went on: one goes on
     * only if the one as many before it, as a length of time may have, went on so long ago.
     */
    private static final long NANOS_A_MILLI = 1_000_000;
    private static final long MADE_UP_FOR_NANOS = 100 * NANOS_A_MILLI;
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final long perMillis;
    private final long intervalNanos;
    private final long[] passedMillis;
    private int oldest;
    private long plannedNanos = Long.MIN_VALUE;

    public RateLimit(ThrottleOptions options) {
        long nanos = options.per().toNanos();
        perMillis = -Math.floorDiv(-nanos, NANOS_A_MILLI);
        intervalNanos = -Math.floorDiv(-nanos, options.itemsMax());
        passedMillis = new long[options.itemsMax()];
        Arrays.fill(passedMillis, LONG_AGO);
    }

    /** An item has come to wait, and none did before it. */
    public void startWaiting(long nowMillis) {
        plannedNanos = Math.max(plannedNanos, nowMillis * NANOS_A_MILLI);
    }

    /** When the item that waits first may go on. */
    public long dueMillis() {
        return Math.max(
                -Math.floorDiv(-plannedNanos, NANOS_A_MILLI), passedMillis[oldest] + perMillis);
    }

    /** The item that waited first goes on. */
    public void pass(long nowMillis) {
        passedMillis[oldest] = nowMillis;
        oldest = (oldest + 1) % passedMillis.length;
        long earliest = nowMillis * NANOS_A_MILLI - MADE_UP_FOR_NANOS;
        plannedNanos = Math.max(plannedNanos, earliest) + intervalNanos;
    }
}
