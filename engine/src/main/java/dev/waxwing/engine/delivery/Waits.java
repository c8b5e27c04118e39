package dev.waxwing.engine.delivery;

import dev.waxwing.step.BackOff;

/** When to try again: at random within the wait, so that a target is not hit by all at once. */
final class Waits {

    private Waits() {}

    /**
     * A time between now and the end of the wait, the same for the same seed, so that a simulation
     * can be repeated.
     *
     * @return in steady milliseconds; {@link Long#MAX_VALUE} if no clock will ever show the end of
     *     the wait
     */
    static long endMillis(BackOff backOff, int attempt, int seed, long nowMillis) {
        long end = backOff.endMillis(attempt, nowMillis);
        if (end == Long.MAX_VALUE) {
            return end;
        }
        return end - Math.floorMod(seed * 0x9E3779B9L >>> 8, end - nowMillis + 1);
    }
}
