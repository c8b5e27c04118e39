package dev.waxwing.operators;

import dev.waxwing.state.LogicContext;

/**
 * Timers of what is kept for a while: they go by the running time, so that state outlives a stop,
 * while runners wake logics by dates.
 */
final class RunningTime {

    private RunningTime() {}

    /** The date at which so much more running time has passed; never if that is too far. */
    static long dateIn(long leftMillis, LogicContext<?> context) {
        long now = context.nowMillis();
        long left = Math.max(0, leftMillis);
        return left > Long.MAX_VALUE - Math.max(0, now) ? Long.MAX_VALUE : now + left;
    }
}
