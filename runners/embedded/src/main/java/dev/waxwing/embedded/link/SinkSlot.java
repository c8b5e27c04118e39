package dev.waxwing.embedded.link;

import dev.waxwing.embedded.delivery.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open sink partition and what waits for it. Confined to the worker. */
final class SinkSlot implements AutoCloseable {

    final int index;
    final SinkPart part;

    /** Set if the partition has a thread of its own. */
    final @Nullable BlockingPart blocking;

    /** What has come and is not being written. */
    List<Object> items = new ArrayList<>();

    /** Whether it is listed among those that have something to write. */
    boolean filled;

    /** What a thread of the partition's own is writing. */
    List<Object> writing = List.of();

    /** Whether something was written in the open epoch. */
    boolean written;

    /** How many items the part has taken in the epoch that is open or being prepared. */
    long taken;

    /** What the store has of it, in the order of epochs. */
    final Deque<Work> kept = new ArrayDeque<>();

    /** When they are to be written though they are few; and how many bytes they have. */
    long dueMillis = Long.MIN_VALUE;

    long bytes;

    int attempts;
    long retryMillis = Long.MIN_VALUE;

    SinkSlot(int index, SinkPart part, @Nullable BlockingPart blocking) {
        this.index = index;
        this.part = part;
        this.blocking = blocking;
    }

    /** Whether its thread is at something. */
    boolean isBusy() {
        return blocking != null && blocking.isBusy();
    }

    /** Whether its epoch is being prepared. */
    boolean isPreparing() {
        return blocking != null && blocking.call() == BlockingPart.Call.PREPARE;
    }

    /** The position after what was written last, or null if the partition has none. */
    @Nullable Object position() throws Exception {
        return blocking == null ? part.snapshot() : blocking.position();
    }

    /** Whether its last attempt to write has failed and the next waits for its time. */
    boolean isToBeRetried() {
        return retryMillis != Long.MIN_VALUE;
    }

    /** What is to be written has been dealt with. */
    void settled() {
        attempts = 0;
        retryMillis = Long.MIN_VALUE;
    }

    @Override
    public void close() throws Exception {
        if (blocking == null) {
            part.close();
        } else {
            blocking.close();
        }
    }

    static List<Object> pick(List<Object> items, int[] indexes) {
        List<Object> picked = new ArrayList<>(indexes.length);
        for (int index : indexes) {
            picked.add(items.get(index));
        }
        return picked;
    }
}
