package dev.waxwing.engine.site;

/** A link with work that becomes due by time, or when something elsewhere completes. */
public interface Polled {

    /**
     * Does a bounded part of what is due at the worker's time.
     *
     * @return whether anything was done
     */
    boolean poll();

    /**
     * When {@link #poll} next has something to do, in steady milliseconds; {@link Long#MAX_VALUE}
     * for never.
     */
    long dueMillis();

    /** Whether the stage may take input now. */
    default boolean takesInput() {
        return true;
    }

    /**
     * A mark waits to be passed: what has been held back for more to come is to be dealt with.
     * Items that come out of it go before the mark, so links behind this one are asked again.
     *
     * @return whether there was anything to deal with
     */
    default boolean onMarkWaiting() {
        return false;
    }

    /** Whether the stage may pass a mark now: nothing is held that belongs before it. */
    default boolean takesMarks() {
        return true;
    }

    /** Whether nothing is left that was there when the input ended. */
    default boolean isFinished() {
        return true;
    }
}
