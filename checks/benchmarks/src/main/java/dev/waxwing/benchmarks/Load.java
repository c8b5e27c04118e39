package dev.waxwing.benchmarks;

import dev.waxwing.Dataflow;
import java.util.List;

/**
 * A piece of work that can be done by a dataflow and by hand, with the same result.
 *
 * <p>Its input is told by position, so that any range of it can be made again at any time.
 */
interface Load {

    /** Letter, number and what it does, for the table. */
    String name();

    /** How many items are counted for each position of the input. */
    default int itemsPerPosition() {
        return 1;
    }

    /** The dataflow; its source reads the run's laps, one for each worker. */
    Dataflow flow(Run run);

    /** What a good engineer would write for just this work: one lap, on the calling thread. */
    void byHand(Lap lap);

    /** The keys whose state a position touches. */
    default List<String> keysAt(long position) {
        return List.of();
    }

    /** Whether it is measured with recovery, too. */
    default boolean isMeasuredWithRecovery() {
        return true;
    }
}
