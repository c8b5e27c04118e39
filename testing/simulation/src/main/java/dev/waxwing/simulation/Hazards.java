package dev.waxwing.simulation;

import java.time.Duration;

/**
 * What may happen to the executions of a world. Where it says "one in", 0 means never.
 *
 * @param workersMax how many workers there may be
 * @param troubles what goes wrong
 * @param schedule what is strange about who runs when
 * @param batchItemsMax how many items a batch between workers holds at most
 * @param copyClasses whether chains get classes of their own
 * @param store where snapshots are kept
 */
record Hazards(
        int workersMax,
        Troubles troubles,
        Schedule schedule,
        int batchItemsMax,
        boolean copyClasses,
        Store store) {

    private static final int COPIES_ONE_IN = 100;
    private static final int NO_RECOVERY_ONE_IN = 16;

    /**
     * What goes wrong.
     *
     * @param most how often executions are ended before their time, all in all
     * @param oneIn how many steps there are to each of those, about
     * @param faultOneIn how many reads, writes and durable steps there are to each that fails
     */
    record Troubles(int most, int oneIn, int faultOneIn) {

        private static final Troubles NONE = new Troubles(0, 0, 0);
    }

    /**
     * Who runs when, and how time passes.
     *
     * @param extraOneIn how many steps there are to each that nobody asked for
     * @param delayOneIn how many steps there are to each small advance of time
     * @param starveOneIn how many steps there are to each actor that has to wait
     * @param hurryOneIn how many looks at the clock there are to each that finds an activation's
     *     time up
     * @param delayMillisMax how long a small advance is at most
     */
    record Schedule(
            int extraOneIn, int delayOneIn, int starveOneIn, int hurryOneIn, int delayMillisMax) {

        private static final Schedule PLAIN = new Schedule(0, 0, 0, 0, 1);
    }

    /**
     * The recovery store.
     *
     * @param isThere whether there is one
     * @param retention how long snapshots are kept, if there is
     */
    record Store(boolean isThere, Duration retention) {

        private static final Store NONE = new Store(false, Duration.ZERO);
    }

    /* The order of the draws is part of what a seed means. */

    /** As the seed wants it. */
    static Hazards of(Chance chance) {
        boolean recovery = !chance.oneIn(NO_RECOVERY_ONE_IN);
        return new Hazards(
                chance.between(1, 4),
                new Troubles(
                        recovery ? chance.oneOf(0, 1, 2, 4, 8, 16) : 0,
                        chance.oneOf(5, 20, 100, 500),
                        chance.oneOf(0, 5, 20, 100)),
                new Schedule(
                        chance.oneOf(0, 0, 3, 20),
                        chance.oneOf(3, 8, 30, 200),
                        chance.oneOf(0, 0, 10, 50),
                        chance.oneOf(0, 2, 5, 20),
                        chance.oneOf(1, 10, 100, 2_000)),
                chance.between(1, 5),
                chance.oneIn(COPIES_ONE_IN),
                new Store(
                        recovery, chance.oneOf(Duration.ZERO, Duration.ZERO, Duration.ofDays(1))));
    }

    /** None: one worker, which nothing disturbs, without a store. */
    static Hazards none() {
        return new Hazards(1, Troubles.NONE, Schedule.PLAIN, 5, false, Store.NONE);
    }

    /** A strange schedule and nothing else. */
    static Hazards scheduleOnly(Chance chance, boolean recovery) {
        return new Hazards(
                1,
                Troubles.NONE,
                new Schedule(
                        chance.oneOf(0, 3, 20),
                        chance.oneOf(0, 8, 30),
                        chance.oneOf(0, 10, 50),
                        0,
                        1),
                chance.between(1, 5),
                false,
                new Store(recovery, Duration.ZERO));
    }

    /** With a store that forgets nothing. */
    Hazards keepingSnapshots() {
        return with(new Store(true, Duration.ofDays(1_000_000)));
    }

    /** With a store. */
    Hazards withRecovery() {
        return with(new Store(true, store.retention()));
    }

    private Hazards with(Store other) {
        return new Hazards(workersMax, troubles, schedule, batchItemsMax, copyClasses, other);
    }
}
