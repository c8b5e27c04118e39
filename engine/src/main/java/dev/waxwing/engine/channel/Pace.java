package dev.waxwing.engine.channel;

/**
 * How long things may take that a barrier has to wait for. Immutable.
 *
 * @param activationNanos time of an activation; {@link Long#MAX_VALUE} for no limit
 * @param flightNanos time that a receiver needs for what is on its way to it
 * @param lookItems how many items go by between two looks at the clock, at most
 */
public record Pace(long activationNanos, long flightNanos, int lookItems) {

    private static final long MILLI = 1_000_000;
    private static final int LOOK_ITEMS = 1_024;

    /**
     * What is right for an interval between epochs. A worker with ten stages is back at each of
     * them within a tenth of it, and what is on its way between two of them takes a twentieth.
     *
     * @param epochMillis 0 if an epoch ends after every batch: then a batch takes what it takes
     */
    public static Pace of(long epochMillis) {
        long interval = Math.min(epochMillis, 1_000_000) * MILLI;
        return new Pace(
                epochMillis == 0 ? Long.MAX_VALUE : within(MILLI, interval / 100, 10 * MILLI),
                epochMillis == 0 ? 50 * MILLI : within(MILLI, interval / 20, 50 * MILLI),
                LOOK_ITEMS);
    }

    /** The same with other looks at the clock. */
    public Pace lookingEvery(int items) {
        return new Pace(activationNanos, flightNanos, items);
    }

    private static long within(long least, long wanted, long most) {
        return Math.max(least, Math.min(wanted, most));
    }
}
