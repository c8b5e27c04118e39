package dev.waxwing.run;

import java.util.List;

/**
 * What an execution has counted since it was started, over all its restarts.
 *
 * @param resumeEpoch the epoch whose end it began with, 0 for a fresh start
 * @param epoch the epoch that is open
 * @param decidedEpoch the newest decided epoch, 0 if none
 * @param doneEpoch the newest done epoch, 0 if none
 * @param steps counters of each step that the user named, in the plan's order
 */
public record Counters(
        long resumeEpoch, long epoch, long decidedEpoch, long doneEpoch, List<StepCounters> steps) {

    public Counters {
        steps = List.copyOf(steps);
    }

    /** Items that sources have read. */
    public long itemsIn() {
        return steps.stream().mapToLong(StepCounters::read).sum();
    }

    /** Values that came too late, of all steps. */
    public long late() {
        return steps.stream().mapToLong(StepCounters::late).sum();
    }

    /** Items that became dead letters, of all steps. */
    public long dead() {
        return steps.stream().mapToLong(StepCounters::dead).sum();
    }

    /** Items that sinks have taken; what they refuse for good is none. */
    public long itemsOut() {
        return steps.stream().mapToLong(StepCounters::written).sum();
    }
}
