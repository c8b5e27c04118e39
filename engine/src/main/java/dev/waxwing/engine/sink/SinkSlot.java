package dev.waxwing.engine.sink;

import org.jspecify.annotations.Nullable;

/**
 * An open sink partition and the items that wait for it. Confined to the worker.
 *
 * @param <P> kind of the partition
 */
final class SinkSlot<P extends SinkPart> implements AutoCloseable {

    final int index;
    final P part;

    /** The thread that calls the partition. */
    final SinkCalls calls;

    /** What has come and was not handed over yet. */
    SinkBatch next;

    /** What was handed over in vain and is to be written again, before what has come since. */
    @Nullable SinkBatch failed;

    /** Whether it is listed among those that have something to write. */
    boolean filled;

    /** What is being written, or null. */
    private @Nullable SinkBatch writing;

    /** Whether something was written in the open epoch. */
    boolean written;

    /** Number of items that were stored since this was taken last. */
    private long stored;

    /** When they are to be written though they are few; and how many bytes they have. */
    long dueMillis = Long.MIN_VALUE;

    long bytes;

    /** Of the batch that has failed: how often it did, and when it is written again. */
    int attempts;

    long retryMillis = Long.MIN_VALUE;

    private @Nullable SinkBatch spare;

    SinkSlot(int index, P part, SinkCalls calls, SinkBatch next) {
        this.index = index;
        this.part = part;
        this.calls = calls;
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
        writing = taken;
        return taken;
    }

    /** What was taken has been written, or was not. */
    void written() {
        writing = null;
    }

    /** Items were stored by the partition. */
    void stored(int items) {
        stored += items;
    }

    /** The number of items that were stored since this was called last. */
    long takeStored() {
        long taken = stored;
        stored = 0;
        return taken;
    }

    /** A batch has been dealt with; one that no other thread has seen is used again. */
    void settled(SinkBatch batch) {
        attempts = 0;
        retryMillis = Long.MIN_VALUE;
        if (calls.areOnWorker()) {
            batch.clear();
            spare = batch;
        }
    }

    @Override
    public void close() throws Exception {
        calls.close();
    }
}
