package dev.waxwing.simulation;

import java.time.Duration;

/**
 * What may happen to the executions of a world. Where it says "one in", 0 means never.
 *
 * @param workersMax how many workers there may be
 * @param troublesMax how often executions are ended before their time, all in all
 * @param troubleOneIn how many steps there are to each of those, about
 * @param faultOneIn how many reads, writes and durable steps there are to each that fails
 * @param extraOneIn how many steps there are to each that nobody asked for
 * @param delayOneIn how many steps there are to each small advance of time
 * @param starveOneIn how many steps there are to each actor that has to wait
 * @param hurryOneIn how many looks at the clock there are to each that finds an activation's time
 *     up
 * @param delayMillisMax how long a small advance is at most
 * @param batchItemsMax how many items a batch between workers holds at most
 * @param copyClasses whether chains get classes of their own
 * @param recovery whether there is a recovery store
 * @param retention how long snapshots are kept
 */
record Hazards(
        int workersMax,
        int troublesMax,
        int troubleOneIn,
        int faultOneIn,
        int extraOneIn,
        int delayOneIn,
        int starveOneIn,
        int hurryOneIn,
        int delayMillisMax,
        int batchItemsMax,
        boolean copyClasses,
        boolean recovery,
        Duration retention) {

    private static final int COPIES_ONE_IN = 100;
    private static final int NO_RECOVERY_ONE_IN = 16;

    /** As the seed wants it. */
    static Hazards of(Chance chance) {
        boolean recovery = !chance.oneIn(NO_RECOVERY_ONE_IN);
        return new Hazards(
                chance.between(1, 4),
                recovery ? chance.oneOf(0, 1, 2, 4, 8, 16) : 0,
                chance.oneOf(5, 20, 100, 500),
                chance.oneOf(0, 5, 20, 100),
                chance.oneOf(0, 0, 3, 20),
                chance.oneOf(3, 8, 30, 200),
                chance.oneOf(0, 0, 10, 50),
                chance.oneOf(0, 2, 5, 20),
                chance.oneOf(1, 10, 100, 2_000),
                chance.between(1, 5),
                chance.oneIn(COPIES_ONE_IN),
                recovery,
                chance.oneOf(Duration.ZERO, Duration.ZERO, Duration.ofDays(1)));
    }

    /** With a store that forgets nothing. */
    Hazards keepingSnapshots() {
        return withStore(Duration.ofDays(1_000_000));
    }

    /** With a store. */
    Hazards withRecovery() {
        return withStore(retention);
    }

    private Hazards withStore(Duration kept) {
        return new Hazards(
                workersMax,
                troublesMax,
                troubleOneIn,
                faultOneIn,
                extraOneIn,
                delayOneIn,
                starveOneIn,
                hurryOneIn,
                delayMillisMax,
                batchItemsMax,
                copyClasses,
                true,
                kept);
    }

    /** A strange schedule and nothing else. */
    static Hazards scheduleOnly(Chance chance, boolean recovery) {
        return new Hazards(
                1,
                0,
                0,
                0,
                chance.oneOf(0, 3, 20),
                chance.oneOf(0, 8, 30),
                chance.oneOf(0, 10, 50),
                0,
                1,
                chance.between(1, 5),
                false,
                recovery,
                Duration.ZERO);
    }
}
