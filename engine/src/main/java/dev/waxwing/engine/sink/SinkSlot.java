package dev.waxwing.engine.sink;

import dev.waxwing.engine.delivery.Work;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An open sink partition and what waits for it. Confined to the worker. */
final class SinkSlot implements AutoCloseable {

    final int index;
    final SinkPart part;

    /** Set if the partition has a thread of its own. */
    final @Nullable BlockingPart blocking;

    /** What has come and was not handed over yet. */
    SinkBatch next;

    /** What was handed over in vain and is to be written again, before what has come since. */
    @Nullable SinkBatch failed;

    /** Whether it is listed among those that have something to write. */
    boolean filled;

    /** What a thread of the partition's own is writing, or null. */
    @Nullable SinkBatch writing;

    /** Whether something was written in the open epoch. */
    boolean written;

    /** How many items the part has taken in the epoch that is open or being prepared. */
    long taken;

    /** What the store has of it, in the order of epochs. */
    final Deque<Work> kept = new ArrayDeque<>();

    /** When they are to be written though they are few; and how many bytes they have. */
    long dueMillis = Long.MIN_VALUE;

    long bytes;

    /** Of the batch that has failed: how often it did, and when it is written again. */
    int attempts;

    long retryMillis = Long.MIN_VALUE;

    private @Nullable SinkBatch spare;

    SinkSlot(int index, SinkPart part, @Nullable BlockingPart blocking, SinkBatch next) {
        this.index = index;
        this.part = part;
        this.blocking = blocking;
        this.next = next;
    }

    /** Whether nothing waits to be written. */
    boolean isEmpty() {
        return failed == null && next.isEmpty();
    }

    /** What waits, and what may come back to wait. */
    int waiting() {
        return next.size()
                + (failed == null ? 0 : failed.size())
                + (writing == null || attempts == 0 ? 0 : writing.size());
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
    boolean isToBeTriedAgain() {
        return failed != null;
    }

    /** Takes what is to be written next. */
    SinkBatch take(SinkLetters letters) {
        SinkBatch taken = failed;
        if (taken == null) {
            taken = next;
            next = spare == null ? letters.newBatch() : spare;
            spare = null;
            bytes = 0;
        }
        failed = null;
        return taken;
    }

    /** Takes what a thread of its own has written, or tried to. */
    SinkBatch written() {
        SinkBatch taken = Objects.requireNonNull(writing);
        writing = null;
        return taken;
    }

    /** A batch has been dealt with; one that no other thread has seen is used again. */
    void settled(SinkBatch batch) {
        attempts = 0;
        retryMillis = Long.MIN_VALUE;
        if (blocking == null) {
            batch.clear();
            spare = batch;
        }
    }

    @Override
    public void close() throws Exception {
        if (blocking == null) {
            part.close();
        } else {
            blocking.close();
        }
    }
}
