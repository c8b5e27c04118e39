package dev.waxwing.simulation.sink;

/**
 * How much of what could be run is.
 *
 * @param occurrences at how many of the times at which a point is reached it crashes
 * @param oneIn of how many pairs, and faults with crashes, one is run
 */
record Effort(int occurrences, int oneIn) {

    private static final int USUAL_ONE_IN = 20;
    private static final int USUAL_RUNS = 1_000;
    private static final Effort USUAL = new Effort(2, USUAL_ONE_IN);
    private static final Effort SLOW = new Effort(3, 4);

    /** For the default build. */
    static Effort usual(int runsMax) {
        return runsMax < USUAL_RUNS ? least(runsMax) : USUAL;
    }

    /** For a build that takes its time. */
    static Effort slow(int runsMax) {
        return runsMax < USUAL_RUNS ? least(runsMax) : SLOW;
    }

    private static Effort least(int runsMax) {
        return new Effort(1, USUAL_ONE_IN * USUAL_RUNS / runsMax);
    }
}
