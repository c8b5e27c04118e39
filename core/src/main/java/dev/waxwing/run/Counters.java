package dev.waxwing.run;

import java.util.List;

/**
 * What an execution has counted since it was started, over all its restarts.
 *
 * @param resumeEpoch the epoch whose end it began with, 0 for a fresh start
 * @param epoch the epoch that is open
 * @param decidedEpoch the newest decided epoch, 0 if none
 * @param doneEpoch the newest done epoch, 0 if none
 * @param steps counters of each core step, in the plan's order
 */
public record Counters(
        long resumeEpoch, long epoch, long decidedEpoch, long doneEpoch, List<StepCounters> steps) {

    public Counters {
        steps = List.copyOf(steps);
    }

    /** Items that inputs have emitted. */
    public long itemsIn() {
        return steps.stream().filter(StepCounters::isInput).mapToLong(StepCounters::emitted).sum();
    }

    /** Values that came too late, of all steps. */
    public long late() {
        return steps.stream().mapToLong(StepCounters::late).sum();
    }

    /** Items that became dead letters, of all steps. */
    public long dead() {
        return steps.stream().mapToLong(StepCounters::dead).sum();
    }

    /** Items that outputs have written. */
    public long itemsOut() {
        return steps.stream()
                .filter(StepCounters::isOutput)
                .mapToLong(StepCounters::received)
                .sum();
    }
}
