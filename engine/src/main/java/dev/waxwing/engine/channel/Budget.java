package dev.waxwing.engine.channel;

import java.util.function.LongSupplier;

/**
 * The time of an activation: who works through many items asks before each whether there is time
 * left. Confined to the worker.
 */
public final class Budget {

    /*
     * To ask costs a comparison of a count that the caller keeps anyway with a limit (benchmark W1). At the limit the
     * clock is read, which takes some 25 ns, and the next limit is so far on that a thousand times as long goes by
     * until then, if items cost what the dearest of late have cost.
     */
    private static final int LOOKS = 16;
    private static final long LOOK_NANOS = 25_000;

    private final LongSupplier clock;
    private final Pace pace;
    private long limit;
    private boolean spent;
    private long looked;
    private long lookedNanos;
    private long endNanos;
    private double itemNanos;
    private long things;

    /**
     * @param clock steady time in nanoseconds
     */
    public Budget(LongSupplier clock, Pace pace) {
        this.clock = clock;
        this.pace = pace;
        this.itemNanos = lookNanos();
        begin();
    }

    /** A budget that is never used up. */
    public static Budget unlimited() {
        return new Budget(() -> 0, Pace.of(0));
    }

    /** An activation begins, or a part of one with time of its own. */
    public void begin() {
        things = 0;
        begin(0);
        limit = limit == Long.MAX_VALUE ? limit : 1;
    }

    /**
     * The same for who keeps a count of items.
     *
     * @param count of items up to now
     */
    public void begin(long count) {
        spent = false;
        if (pace.activationNanos() == Long.MAX_VALUE) {
            limit = Long.MAX_VALUE;
            return;
        }
        lookedNanos = clock.getAsLong();
        endNanos = lookedNanos + pace.activationNanos();
        looked = count;
        limit = count + stride();
    }

    /**
     * Whether there is time for another item. There always is for the first.
     *
     * @param count of items up to now
     */
    public boolean allows(long count) {
        return count < limit || look(count);
    }

    /** The caller's count has come to {@code count} and is 0 from now on. */
    public void countAnew(long count) {
        if (!spent && limit != Long.MAX_VALUE) {
            limit -= count;
            looked -= count;
        }
    }

    /** Whether so many items fit into an activation, by what items have cost of late. */
    public boolean fits(long items) {
        return pace.activationNanos() == Long.MAX_VALUE
                || itemNanos * items <= pace.activationNanos();
    }

    /** Counts one more thing that was done; returns whether there is time for another. */
    public boolean goesOn() {
        return allows(++things);
    }

    /** Whether there is no time left, as far as is known. */
    public boolean isSpent() {
        return spent;
    }

    /** Nothing more may be begun in this activation: there is no room for what comes of it. */
    public void exhaust() {
        if (pace.activationNanos() != Long.MAX_VALUE) {
            spent = true;
            limit = Long.MIN_VALUE;
        }
    }

    /** Steady time in nanoseconds. */
    public long nanos() {
        return clock.getAsLong();
    }

    private boolean look(long count) {
        if (spent) {
            return false;
        }
        long now = clock.getAsLong();
        double cost = (now - lookedNanos) / (double) Math.max(1, count - looked);
        itemNanos = Math.max(cost, itemNanos * 0.75);
        looked = count;
        lookedNanos = now;
        if (now - endNanos >= 0) {
            exhaust();
            return false;
        }
        limit = count + stride();
        return true;
    }

    private int stride() {
        double items = lookNanos() / Math.max(itemNanos, 1);
        return (int) Math.max(1, Math.min(items, pace.lookItems()));
    }

    private double lookNanos() {
        return Math.min(LOOK_NANOS, pace.activationNanos() / LOOKS);
    }
}
