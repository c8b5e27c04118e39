package dev.waxwing.run;

import java.util.Map;

/**
 * What a step has counted, over all workers, since the execution was started. What is read again
 * after a restart is counted again.
 *
 * <p>An item is counted where it is handed over, so that a step behind an exchange between workers
 * may have received less than the step before it has emitted, for a moment or if an execution ends
 * in between.
 *
 * @param stepId full id of the step, as the user named it
 * @param operatorName kind of step, such as {@code input}, {@code filter} or {@code foldWindow}
 * @param received items that came in from other steps; an item that the step takes again, for
 *     another attempt, is one
 * @param outputs items that went out, by the name of the output: {@code down}, side outputs, {@code
 *     late}, {@code dead}; those of late values and dead letters only if somebody takes them
 * @param read items that its source has read; what the source rejects is none
 * @param written items that its sink has taken; what becomes a dead letter is none
 * @param dead items that became dead letters
 * @param late values that came too late, whether anybody takes them or not; as the step's {@code
 *     late()} has them, once for each window that they would have been in
 * @param keys keys that have state now
 * @param user counters of the user's, by name
 */
public record StepCounters(
        String stepId,
        String operatorName,
        long received,
        Map<String, Long> outputs,
        long read,
        long written,
        long dead,
        long late,
        long keys,
        Map<String, Long> user) {

    public StepCounters {
        outputs = Map.copyOf(outputs);
        user = Map.copyOf(user);
    }

    /** Items that went out, but for late values and dead letters; of a source those it has read. */
    public long emitted() {
        return outputs.entrySet().stream()
                .filter(out -> !out.getKey().equals("late") && !out.getKey().equals("dead"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
