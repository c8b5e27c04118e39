package dev.waxwing.engine.sink;

import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.delivery.Lane;
import dev.waxwing.engine.delivery.Work;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A sink partition that may block, used on a lane of its own: one call at a time, whose outcome the
 * worker collects. The position is taken on that lane after each call, also after one that has
 * failed: some of a batch may have been written. Confined to the worker but for what runs on the
 * lane.
 */
final class BlockingPart implements AutoCloseable {

    private final SinkPart inner;
    private final Lane lane;
    private final Signal worker;
    private volatile @Nullable Outcome outcome;
    private volatile @Nullable Thread waiting;

    /* Published by the outcome. */
    private @Nullable Work prepared;
    private Call call = Call.NONE;
    private @Nullable Position position;

    BlockingPart(Lane lane, SinkPart inner, Signal worker) {
        this.lane = lane;
        this.inner = inner;
        this.worker = worker;
    }

    /** What is being done, or was done and has not been collected. */
    enum Call {
        NONE,
        WRITE,
        PREPARE,
        END_OF_INPUT
    }

    Call call() {
        return call;
    }

    /** Whether a call has been started whose outcome has not been collected. */
    boolean isBusy() {
        return call != Call.NONE;
    }

    /** Whether the outcome of the call is there. */
    boolean isReady() {
        return outcome != null;
    }

    /** Starts to write; the list must not change until the outcome is collected. */
    void write(List<Object> items) {
        start(Call.WRITE, () -> inner.write(items));
    }

    void onEndOfInput() {
        start(Call.END_OF_INPUT, inner::onEndOfInput);
    }

    /** Starts to prepare what was written in an epoch. */
    void prepare(long epoch, long nowMillis) {
        start(Call.PREPARE, () -> prepared = inner.prepare(epoch, nowMillis));
    }

    /** What the last preparation has come to, null if nothing was written; to be asked once. */
    @Nullable Work prepared() {
        Work taken = prepared;
        prepared = null;
        return taken;
    }

    /**
     * Waits for the outcome of the call. An interrupt, which tells a worker to leave, ends the
     * waiting and stays set.
     */
    void await() {
        waiting = Thread.currentThread();
        while (outcome == null && !Thread.currentThread().isInterrupted()) {
            LockSupport.park(this);
        }
        waiting = null;
    }

    /** Ends the call; returns what it threw, or null. */
    @Nullable Throwable collect() {
        Outcome collected = Objects.requireNonNull(outcome);
        outcome = null;
        call = Call.NONE;
        position = collected.position;
        return collected.failure;
    }

    /** The position after the last call, null if the partition has none. */
    @Nullable Object position() throws Exception {
        return position == null ? null : position.get();
    }

    @Override
    public void close() throws Exception {
        lane.close(inner, inner::unblock);
    }

    private void start(Call started, Forced.Action action) {
        if (call != Call.NONE) {
            throw new IllegalStateException(
                    "a sink partition is to begin "
                            + started
                            + " while "
                            + call
                            + " is under way, whose outcome would be lost; this is a defect of"
                            + " Waxwing, please report it");
        }
        call = started;
        lane.run(
                () -> {
                    Throwable failure = null;
                    try {
                        action.run();
                    } catch (Throwable thrown) {
                        failure = thrown;
                    }
                    outcome = new Outcome(Position.of(inner), failure);
                    worker.wake();
                    LockSupport.unpark(waiting);
                });
    }

    private record Outcome(Position position, @Nullable Throwable failure) {}

    /** What the partition answered when it was asked for its position. */
    private record Position(@Nullable Object value, @Nullable Throwable failure) {

        static Position of(SinkPart part) {
            try {
                return new Position(part.snapshot(), null);
            } catch (Throwable thrown) {
                return new Position(null, thrown);
            }
        }

        @Nullable Object get() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw (Exception) failure;
            }
            return value;
        }
    }
}
