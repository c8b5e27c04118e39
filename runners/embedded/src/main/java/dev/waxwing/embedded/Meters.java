package dev.waxwing.embedded;

import dev.waxwing.engine.epoch.Coordinator;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.engine.state.StepState;
import dev.waxwing.engine.worker.Worker;
import dev.waxwing.plan.Plan;
import dev.waxwing.run.Execution.Counters;
import dev.waxwing.run.Execution.StepCounters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the workers of an execution's attempts have counted. Thread-safe.
 *
 * <p>Reads plain fields of workers' threads: what it sees may lag, but is never torn on the JVMs
 * that Waxwing runs on.
 */
final class Meters {

    private static final long NONE = -1;

    private final Plan plan;
    private final UserSteps steps;

    // under this object's lock
    private final Map<Integer, CoreCount> earlier = new HashMap<>();
    private @Nullable Attempt attempt;
    private @Nullable Counters last;
    private long resumeEpoch = NONE;

    Meters(Plan plan) {
        this.plan = plan;
        this.steps = new UserSteps(plan);
    }

    /** The next attempt, whose counts go on from those of the attempts before. */
    synchronized void begin(Attempt next, long resumedFrom) {
        if (resumeEpoch == NONE) {
            resumeEpoch = resumedFrom;
        }
        last = null;
        attempt = next;
    }

    /** The attempt has ended: what it has counted is kept, and it is let go. */
    synchronized void end() {
        Attempt ended = attempt;
        if (ended == null) {
            return;
        }
        try {
            last = read();
            addCounts(ended, earlier);
        } catch (Throwable noRoom) {
            /* Counts may be lost, but not memory. */
        }
        attempt = null;
    }

    synchronized Counters read() {
        if (last != null) {
            return last;
        }
        Map<Integer, CoreCount> sums = new HashMap<>();
        earlier.forEach((step, sum) -> sums.put(step, sum.copy()));
        if (attempt == null) {
            return new Counters(0, 0, 0, 0, steps(sums));
        }
        addCounts(attempt, sums);
        addKeys(attempt, sums);
        Coordinator coordinator = attempt.coordinator();
        return new Counters(
                resumeEpoch,
                coordinator.announcedEpoch() + 1,
                coordinator.decidedEpoch(),
                coordinator.doneEpoch(),
                steps(sums));
    }

    private static void addCounts(Attempt attempt, Map<Integer, CoreCount> sums) {
        for (Worker worker : attempt.workers()) {
            for (StepSite site : worker.sites()) {
                sum(sums, site).add(site);
            }
        }
    }

    private static void addKeys(Attempt attempt, Map<Integer, CoreCount> sums) {
        for (Worker worker : attempt.workers()) {
            for (StepState state : worker.states()) {
                sum(sums, state.site()).keys += state.size();
            }
        }
    }

    private static CoreCount sum(Map<Integer, CoreCount> sums, StepSite site) {
        return sums.computeIfAbsent(
                site.step().index(), index -> new CoreCount(site.step().outputCount()));
    }

    private List<StepCounters> steps(Map<Integer, CoreCount> sums) {
        return steps.counters(
                core ->
                        sums.getOrDefault(
                                core, new CoreCount(plan.coreSteps().get(core).outputCount())));
    }
}
