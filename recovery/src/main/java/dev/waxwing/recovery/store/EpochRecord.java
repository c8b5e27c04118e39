package dev.waxwing.recovery.store;

import java.time.Instant;
import java.util.Map;

/**
 * What a store remembers of an epoch that it keeps. Immutable.
 *
 * @param epoch its number
 * @param generation of the execution that decided it
 * @param workers of that execution
 * @param decidedAt by the clock of that execution, to the millisecond
 * @param done whether all sinks had committed it
 * @param restorable false once the store was rewound to an earlier epoch
 * @param notes as given when it was decided
 */
public record EpochRecord(
        long epoch,
        long generation,
        int workers,
        Instant decidedAt,
        boolean done,
        boolean restorable,
        Map<String, String> notes) {

    /** Takes a copy of the notes. */
    public EpochRecord {
        notes = Map.copyOf(notes);
    }

    /** A copy that says that all sinks have committed it. */
    public EpochRecord asDone() {
        return new EpochRecord(epoch, generation, workers, decidedAt, true, restorable, notes);
    }

    EpochRecord asAbandoned() {
        return new EpochRecord(epoch, generation, workers, decidedAt, done, false, notes);
    }
}
