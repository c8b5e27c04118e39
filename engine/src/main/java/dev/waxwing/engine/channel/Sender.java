package dev.waxwing.engine.channel;

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
     * How many items may be on their way follows the receiver's rate, so that it needs a known time for them; it is
     * the receiver who measures. Batches are a quarter of that or smaller. A sender whose activation has added
     * another quarter uses up its budget: a fast receiver is given a call's worth of items at once, a slow one is
     * not given more than one item that it has no room for.
     *
     * A receiver that has taken something wakes the sender if it saw the flag; the flag is set before the
     * ring and the room are tried for the last time, so no wake-up is lost. The ring frees a place by an ordered write; the fence
     * keeps the reading of the flag behind it (decision 0058).
     */
    private final SpscArrayQueue<Object> ring;
    private final int batchItems;
    private final int flightItemsMax;
    private final Queue<Object> overflow = new ArrayDeque<>();
    private final Signal receiver;
    private final Signal sender;
    private volatile boolean waiting;
    private @Nullable Batch open;
    private int lane;
    private @Nullable Budget budget;
    private long sent;
    private long sentAtBarrier;

    // written by the receiver
    private long taking;
    private volatile long taken;
    private volatile int flightItems = 1;

    /**
     * @param ringBatches how many batches the ring holds, 2 or more
     * @param batchItems how many items a batch holds, 1 or more
     * @param receiver woken when something was handed over
     * @param sender woken when a full ring has room again
     */
    public Sender(int ringBatches, int batchItems, Signal receiver, Signal sender) {
        this.ring = new SpscArrayQueue<>(ringBatches);
        this.batchItems = batchItems;
        this.flightItemsMax = ringBatches * batchItems;
        this.receiver = receiver;
        this.sender = sender;
    }

    /** Sets the budget of the sending activations, which is used up when there is no more room. */
    public void limit(Budget activation) {
        budget = activation;
    }

    /** Adds an item to the open batch; hands the batch over when it is full. */
    public void add(@Nullable Object key, Object value) {
        Batch batch = open;
        if (batch == null) {
            batch = new Batch(Math.max(1, Math.min(flightItems / 4, batchItems)), lane);
            open = batch;
        }
        Object[] values = batch.values;
        int at = batch.size;
        batch.keys[at] = key;
        values[at] = value;
        batch.size = at + 1;
        if (at + 1 == values.length) {
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
            int most = flightItems;
            if (budget != null && sent - taken >= most + most / 4) {
                budget.exhaust();
            }
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
        if (overflow.isEmpty() && hasRoom()) {
            return false;
        }
        drain();
        if (overflow.isEmpty() && hasRoom()) {
            return false;
        }
        waiting = true;
        drain();
        return !overflow.isEmpty() || !hasRoom();
    }

    /** Whether so many items may be on their way, or as many as there is room for at all. */
    public boolean takes(long items) {
        return flightItems >= Math.min(items, flightItemsMax);
    }

    private boolean hasRoom() {
        return sent - taken < flightItems;
    }

    /** How many items were handed over from the start of the execution to the last barrier. */
    public long sentAtBarrier() {
        return sentAtBarrier;
    }

    /**
     * The receiver needs so much time for an item, and has so much for all that are on their way.
     */
    void pace(double itemNanos, long flightNanos) {
        double items = flightNanos / Math.max(itemNanos, 1);
        int most = (int) Math.max(1, Math.min(items, flightItemsMax));
        if (most != flightItems) {
            flightItems = most;
        }
    }

    @Nullable Object poll() {
        Object next = ring.relaxedPoll();
        if (next == null) {
            next = ring.poll();
        }
        if (next instanceof Batch batch) {
            taking += batch.size;
            taken = taking;
        }
        if (next != null) {
            VarHandle.fullFence();
            if (waiting) {
                waiting = false;
                sender.wake();
            }
        }
        return next;
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
