package dev.waxwing.simulation.sink;

/** Takes what an oracle has found. */
@FunctionalInterface
interface Verdict {

    /** Throws; the run is over. */
    void broken(Oracle oracle, String what);
}
