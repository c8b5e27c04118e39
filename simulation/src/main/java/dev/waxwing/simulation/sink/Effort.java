package dev.waxwing.simulation.sink;

/**
 * How much of what could be run is.
 *
 * @param occurrences at how many of the times at which a point is reached it crashes
 * @param oneIn of how many pairs, and faults with crashes, one is run
 */
record Effort(int occurrences, int oneIn) {

    static final Effort SLOW = new Effort(3, 1);

    private static final int USUAL_ONE_IN = 20;
    private static final int USUAL_RUNS = 1_000;

    /** For the default build. */
    static Effort usual(int runsMax) {
        return runsMax >= USUAL_RUNS
                ? new Effort(2, USUAL_ONE_IN)
                : new Effort(1, USUAL_ONE_IN * USUAL_RUNS / runsMax);
    }
}
