package dev.waxwing.embedded.channel;

import org.jspecify.annotations.Nullable;

/** The receiving end of an edge. Confined to the receiving worker. */
public final class Receiver {

    private final Sender edge;
    private boolean held;
    private boolean ended;
    private long received;
    private long receivedAtBarrier;

    public Receiver(Sender edge) {
        this.edge = edge;
    }

    /** The next batch or mark, or null; never one behind a barrier that others still owe. */
    public @Nullable Object poll() {
        if (held) {
            return null;
        }
        Object taken = edge.poll();
        if (taken instanceof Batch batch) {
            received += batch.size();
        }
        return taken;
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
