package dev.waxwing.run;

import java.util.Map;

/**
 * What a core step has counted, over all workers, since the execution was started. What is read
 * again after a restart is counted again.
 *
 * @param stepId full id of the core step
 * @param operatorName kind of step: {@code input}, {@code output}, {@code stateful}, ...
 * @param received items that came in; counted for outputs, and for stateful, async and watermark
 *     steps
 * @param emitted items that went out; counted for inputs and async steps
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
        long emitted,
        long dead,
        long late,
        long keys,
        Map<String, Long> user) {

    public StepCounters {
        user = Map.copyOf(user);
    }

    /** Whether it reads a source. */
    public boolean isInput() {
        return operatorName.equals("input");
    }

    /** Whether it writes to a sink. */
    public boolean isOutput() {
        return operatorName.equals("output");
    }
}
