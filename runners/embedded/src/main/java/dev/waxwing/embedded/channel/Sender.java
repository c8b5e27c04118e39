package dev.waxwing.embedded.channel;

import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of an edge from one stage to another, in this worker or between two.
 *
 * <p>{@link #add}, {@link #mark}, {@link #handOver} and {@link #isBlocked} are confined to the
 * sending worker; the receiver polls by its {@link Receiver}.
 */
public final class Sender {

    /*
     * The ring is bounded; emitting never blocks. What the ring does not take goes to the overflow, bounded by
     * what one call of user code emits, because the stage rests while the overflow is not empty. Marks
     * may always be appended: they are few.
     *
     * A receiver that has taken something wakes the sender if it saw the flag; the flag is set before the
     * ring is tried for the last time, so no wake-up is lost. The ring frees a place by an ordered write; the fence
     * keeps the reading of the flag behind it.
     */
    private final SpscArrayQueue<Object> ring;
    private final int batchItems;
    private final Queue<Object> overflow = new ArrayDeque<>();
    private final Signal receiver;
    private final Signal sender;
    private volatile boolean waiting;
    private @Nullable Batch open;
    private int lane;
    private long sent;
    private long sentAtBarrier;

    /**
     * @param ringBatches how many batches the ring holds, 2 or more
     * @param batchItems how many items a batch holds, 1 or more
     * @param receiver woken when something was handed over
     * @param sender woken when a full ring has room again
     */
    public Sender(int ringBatches, int batchItems, Signal receiver, Signal sender) {
        this.ring = new SpscArrayQueue<>(ringBatches);
        this.batchItems = batchItems;
        this.receiver = receiver;
        this.sender = sender;
    }

    /** Adds an item to the open batch; hands the batch over when it is full. */
    public void add(@Nullable Object key, Object value) {
        Batch batch = open;
        if (batch == null) {
            batch = new Batch(batchItems, lane);
            open = batch;
        }
        int at = batch.size;
        batch.keys[at] = key;
        batch.values[at] = value;
        batch.size = at + 1;
        if (at + 1 == batchItems) {
            handOver();
        }
    }

    /** Items of a lane come next; a batch has those of one lane. */
    public void lane(int next) {
        if (next != lane) {
            handOver();
            lane = next;
        }
    }

    /** Whether nothing is on its way; for a receiver in the same worker. */
    boolean isEmpty() {
        return open == null && overflow.isEmpty() && ring.isEmpty();
    }

    /** Hands the open batch over, if there is one. */
    public void handOver() {
        Batch batch = open;
        if (batch != null) {
            open = null;
            sent += batch.size;
            append(batch);
        }
    }

    /** Appends a mark behind everything that was added. */
    public void mark(Mark mark) {
        handOver();
        if (mark instanceof Mark.Barrier) {
            sentAtBarrier = sent;
        }
        append(mark);
    }

    /** Whether something waits for room; tries to hand it over first. */
    public boolean isBlocked() {
        if (overflow.isEmpty()) {
            return false;
        }
        drain();
        if (overflow.isEmpty()) {
            return false;
        }
        waiting = true;
        drain();
        return !overflow.isEmpty();
    }

    /** How many items were handed over from the start of the execution to the last barrier. */
    public long sentAtBarrier() {
        return sentAtBarrier;
    }

    @Nullable Object poll() {
        Object taken = ring.relaxedPoll();
        if (taken == null) {
            taken = ring.poll();
        }
        if (taken != null) {
            VarHandle.fullFence();
            if (waiting) {
                waiting = false;
                sender.wake();
            }
        }
        return taken;
    }

    boolean hasMore() {
        return !ring.isEmpty();
    }

    private void append(Object batchOrMark) {
        if (!overflow.isEmpty() || !ring.offer(batchOrMark)) {
            overflow.add(batchOrMark);
        }
        receiver.wake();
    }

    private void drain() {
        boolean moved = false;
        while (!overflow.isEmpty() && ring.offer(overflow.peek())) {
            overflow.remove();
            moved = true;
        }
        if (moved) {
            receiver.wake();
        }
    }
}
