package dev.waxwing.simulation.sink;

import dev.waxwing.sink.Contract;
import java.util.Set;

/**
 * What all runs of a suite have in common.
 *
 * @param name of the sink, for messages and the report
 * @param isOrdered whether the target keeps the order of a partition
 * @param hasMarkers whether the target remembers who writes to it
 * @param ownPoints where the target calls the faults that it was given
 * @param hasBackups whether the subject can put its target back
 */
record Suite<X>(
        String name,
        SinkSubject.Factory<X> factory,
        Contract contract,
        boolean isOrdered,
        SinkConformance.Reading reading,
        boolean hasMarkers,
        Set<String> ownPoints,
        boolean hasBackups) {

    Suite {
        ownPoints = Set.copyOf(ownPoints);
    }

    Suite<X> withOwnPoints(Set<String> points) {
        return new Suite<>(
                name, factory, contract, isOrdered, reading, hasMarkers, points, hasBackups);
    }
}
