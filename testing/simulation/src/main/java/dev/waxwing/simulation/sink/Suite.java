package dev.waxwing.simulation.sink;

import dev.waxwing.sink.SinkContract;
import java.util.Set;

/**
 * What all runs of a suite have in common.
 *
 * @param name of the sink, for messages and the report
 * @param ownPoints where the target calls the faults that it was given
 */
record Suite<X>(
        String name,
        SinkSubject.Factory<X> factory,
        SinkContract contract,
        Target target,
        SinkConformance.Reading reading,
        Set<String> ownPoints) {

    /**
     * What the target can do.
     *
     * @param isOrdered whether it keeps the order of a partition
     * @param hasMarkers whether it remembers who writes to it
     * @param hasBackups whether the subject can put it back
     */
    record Target(boolean isOrdered, boolean hasMarkers, boolean hasBackups) {}

    Suite {
        ownPoints = Set.copyOf(ownPoints);
    }

    boolean isOrdered() {
        return target.isOrdered;
    }

    boolean hasMarkers() {
        return target.hasMarkers;
    }

    boolean hasBackups() {
        return target.hasBackups;
    }

    Suite<X> withOwnPoints(Set<String> points) {
        return new Suite<>(name, factory, contract, target, reading, points);
    }
}
