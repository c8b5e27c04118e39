package dev.waxwing.engine.channel;

import org.jspecify.annotations.Nullable;

/** The receiving end of an edge. Confined to the receiving worker. */
public final class Receiver {

    /*
     * The rate is that of the whole worker for this edge: from a batch to the next look at the ring, whatever else it
     * did. While a sender is slower than the receiver, the looks are close together, and the limit is out of its way.
     */
    private static final double NEWEST = 0.25;

    private final Sender edge;
    private final long flightNanos;
    private double itemNanos = Double.NaN;
    private long tookNanos;
    private int tookItems;
    private boolean held;
    private boolean ended;
    private long received;
    private long receivedAtBarrier;

    /**
     * @param flightNanos time that the receiving worker needs for what is on its way, about
     */
    public Receiver(Sender edge, long flightNanos) {
        this.edge = edge;
        this.flightNanos = flightNanos;
    }

    /**
     * The next batch or mark, or null; never one behind a barrier that others still owe.
     *
     * @param nowNanos steady time: what the last call gave has been worked off
     */
    public @Nullable Object poll(long nowNanos) {
        if (tookItems > 0) {
            measure(nowNanos);
        }
        if (held) {
            return null;
        }
        Object taken = edge.poll();
        if (taken instanceof Batch batch) {
            received += batch.size();
            tookItems = batch.size();
            tookNanos = nowNanos;
        }
        return taken;
    }

    private void measure(long nowNanos) {
        double nanos = (nowNanos - tookNanos) / (double) tookItems;
        itemNanos = Double.isNaN(itemNanos) ? nanos : itemNanos + (nanos - itemNanos) * NEWEST;
        tookItems = 0;
        edge.pace(itemNanos, flightNanos);
    }

    /** Whether {@link #poll} would give something. */
    public boolean isReady() {
        return !held && edge.hasMore();
    }

    /** Whether there is something to take, now or behind a barrier that others still owe. */
    public boolean hasMore() {
        return edge.hasMore();
    }

    /** Whether nothing is on its way from a sender of the same worker. */
    public boolean isEmpty() {
        return edge.isEmpty();
    }

    /** Takes nothing more until {@link #release}: its barrier has come. */
    public void hold() {
        receivedAtBarrier = received;
        held = true;
    }

    public boolean isHeld() {
        return held;
    }

    public void release() {
        held = false;
    }

    /** The sender will send no more items. */
    public void end() {
        ended = true;
    }

    public boolean isEnded() {
        return ended;
    }

    /** How many items came from the start of the execution to the last barrier. */
    public long receivedAtBarrier() {
        return receivedAtBarrier;
    }
}
