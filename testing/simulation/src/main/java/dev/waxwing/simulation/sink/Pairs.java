package dev.waxwing.simulation.sink;

import java.util.HashSet;
import java.util.Set;

/** Which pairs of points and faults, in their order, could be run and which were. */
final class Pairs {

    private record Pair(Enum<?> first, Enum<?> second) {}

    private final Set<Pair> possible = new HashSet<>();
    private final Set<Pair> run = new HashSet<>();

    /** A run has come to the second after the first; returns whether they have been run. */
    boolean canBe(Enum<?> first, Enum<?> second) {
        Pair pair = new Pair(first, second);
        possible.add(pair);
        return run.contains(pair);
    }

    /** In a run both have happened. */
    void happened(Enum<?> first, Enum<?> second) {
        run.add(new Pair(first, second));
    }

    SinkReport.Pairs counted() {
        return new SinkReport.Pairs(run.size(), possible.size());
    }
}
