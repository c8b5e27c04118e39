package dev.waxwing.engine.sink;

import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.delivery.Lane;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a partition that may block, on a lane of its own. Confined to the worker but for what
 * runs on the lane.
 */
final class LaneCalls implements SinkCalls {

    /*
     * What a call does on the lane happens before the worker collects it, as the outcome is volatile. So an action may
     * write plain fields that the end of its call reads.
     */
    private final Lane lane;
    private final SinkPart part;
    private final Signal worker;
    private volatile @Nullable Outcome outcome;
    private volatile @Nullable Thread waiting;

    /* The one that is under way, or whose outcome has not been collected. */
    private @Nullable SinkCall call;

    LaneCalls(Lane lane, SinkPart part, Signal worker) {
        this.lane = lane;
        this.part = part;
        this.worker = worker;
    }

    @Override
    public void start(SinkCall started) {
        SinkCall before = call;
        if (before != null) {
            throw new IllegalStateException(
                    "a sink partition is to begin "
                            + started.method()
                            + " while "
                            + before.method()
                            + " is under way, whose outcome would be lost; this is a defect of"
                            + " Waxwing, please report it");
        }
        call = started;
        lane.run(() -> run(started.action()));
    }

    @Override
    public boolean isBusy() {
        return call != null;
    }

    @Override
    public boolean isReady() {
        return outcome != null;
    }

    @Override
    public void collect() {
        SinkCall ended = Objects.requireNonNull(call);
        Outcome collected = Objects.requireNonNull(outcome);
        outcome = null;
        call = null;
        ended.end().ended(collected.failure);
    }

    @Override
    public void await() {
        waiting = Thread.currentThread();
        while (outcome == null && !Thread.currentThread().isInterrupted()) {
            LockSupport.park(this);
        }
        waiting = null;
    }

    @Override
    public boolean areOnWorker() {
        return false;
    }

    @Override
    public void close() throws Exception {
        lane.close(part, part::unblock);
    }

    /* On the lane. */
    private void run(SinkCall.Action action) {
        Throwable failure = null;
        try {
            action.run();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        outcome = new Outcome(failure);
        worker.wake();
        LockSupport.unpark(waiting);
    }

    private record Outcome(@Nullable Throwable failure) {}
}
