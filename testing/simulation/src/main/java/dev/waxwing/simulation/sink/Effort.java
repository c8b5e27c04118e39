package dev.waxwing.simulation.sink;

/**
 * How much of what could be run is. A pair is two crashes, or a crash and a fault, in their order.
 *
 * @param occurrences at how many of the times at which a point is reached it crashes
 * @param oneIn of how many pairs that were run before one is run again
 * @param oneInNew of how many pairs that were not run before one is run
 * @param runsMin there are more seeds until there were so many runs
 */
record Effort(int occurrences, int oneIn, int oneInNew, int runsMin) {

    private static final int USUAL_ONE_IN = 20;
    private static final int USUAL_RUNS = 1_000;
    private static final int SLOW_RUNS = 15_000;

    /** For the default build. */
    static Effort usual(int runsMax) {
        int oneIn = oneIn(runsMax, USUAL_ONE_IN);
        return new Effort(runsMax < USUAL_RUNS ? 1 : 2, oneIn, oneIn, 0);
    }

    /** For a build that takes its time: each pair at least once. */
    static Effort slow(int runsMax) {
        return new Effort(
                runsMax < USUAL_RUNS ? 1 : 3, oneIn(runsMax, 4), 1, Math.min(SLOW_RUNS, runsMax));
    }

    private static int oneIn(int runsMax, int enough) {
        return runsMax < USUAL_RUNS ? USUAL_ONE_IN * USUAL_RUNS / runsMax : enough;
    }
}
