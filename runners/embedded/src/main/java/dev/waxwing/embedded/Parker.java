package dev.waxwing.embedded;

import dev.waxwing.engine.channel.Signal;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Lets one thread rest until a time, or until it is woken. */
final class Parker implements Signal {

    /*
     * RUNNING is set before the owner looks for work, NOTIFIED by whoever makes work. The owner rests only
     * if it can go from RUNNING to PARKED, that is if nobody has made work since it looked.
     *
     * Work may be made by an ordered write, as into a ring, which the reading of the state may overtake: then
     * the owner would not see the work, nor the waker that the owner looks no more. So there is a fence (decision 0058).
     */
    private static final int RUNNING = 0;
    private static final int PARKED = 1;
    private static final int NOTIFIED = 2;

    /** Who waits for a date looks again, as the wall clock may have been set forward. */
    private static final long REST_MILLIS_MAX = 1_000;

    private final AtomicInteger state = new AtomicInteger(RUNNING);
    private volatile @Nullable Thread owner;

    /** Called by the owner before anything else. */
    void own() {
        owner = Thread.currentThread();
    }

    /** Called by the owner before it looks for work. */
    void running() {
        state.set(RUNNING);
    }

    /** Rests until {@code untilMillis}, in steady milliseconds, or until woken. */
    void rest(long untilMillis, long steadyMillis) {
        if (untilMillis <= steadyMillis || !state.compareAndSet(RUNNING, PARKED)) {
            return;
        }
        if (untilMillis == Long.MAX_VALUE) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(
                    this,
                    TimeUnit.MILLISECONDS.toNanos(
                            Math.min(untilMillis - steadyMillis, REST_MILLIS_MAX)));
        }
    }

    @Override
    public void wake() {
        VarHandle.fullFence();
        if (state.get() != NOTIFIED && state.getAndSet(NOTIFIED) == PARKED) {
            LockSupport.unpark(owner);
        }
    }
}
