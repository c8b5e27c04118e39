package dev.waxwing.engine.compile;

import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.worker.Beginning;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.AsyncOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What all workers of an execution start from. Immutable.
 *
 * @param plan what is run
 * @param shape how it is run
 * @param lastEpoch the largest epoch ever used; the first of this execution is the next
 * @param parts what sources and partitioned sinks have listed, by index of the core step
 * @param deliveries what partitions of epoch sinks are open, by index of the core step
 * @param state how state is encoded and what is restored, or null if recovery is off
 */
public record RunSetup(
        Plan plan,
        Shape shape,
        long lastEpoch,
        Map<Integer, List<String>> parts,
        Map<Integer, List<DeliveryPart>> deliveries,
        @Nullable RestoredState state) {

    /*
     * Settling. A call that was not finished is made again by the worker that made it, but with another number of
     * workers its successors are read or computed elsewhere, and nothing would keep the two in order. So first, while
     * nothing is read and no timer fires, such calls are made step by step, the steps nearest the sinks first, an epoch
     * each: no barrier passes a step that has calls in flight, and what comes behind a barrier comes later everywhere.
     */

    public RunSetup {
        parts = Map.copyOf(parts);
        deliveries = Map.copyOf(deliveries);
    }

    /** All partitions of epoch sinks, always in the same order. */
    public List<DeliveryPart> deliveryParts() {
        List<DeliveryPart> all = new ArrayList<>();
        new TreeMap<>(deliveries).values().forEach(all::addAll);
        return all;
    }

    /** What the epochs and times of this execution go on from. */
    public Beginning beginning() {
        return new Beginning(
                shape.workers(),
                lastEpoch,
                settledEpoch(),
                state == null ? 0 : state.runningMillis(),
                shape.channels().pace());
    }

    /**
     * The class of all stored keys of a step, if they are of one and no type of the step tells it.
     */
    @Nullable Class<?> keyClass(StateId id, StatefulSpec<?, ?, ?, ?> spec) {
        return state == null || spec.keyType() != null ? null : state.keyClass(id);
    }

    /**
     * The last epoch before sources are read: the one after which all unfinished calls are made.
     */
    private long settledEpoch() {
        return lastEpoch + unsettled().size();
    }

    /** The epoch in which the unfinished calls of a step are made again. */
    long callsEpoch(CoreStep step) {
        return lastEpoch + 1 + Math.max(0, unsettled().indexOf(step));
    }

    /* The steps with unfinished calls whose order matters, the nearest to the sinks first. */
    private List<CoreStep> unsettled() {
        List<CoreStep> steps = new ArrayList<>();
        for (CoreStep step : plan.coreSteps()) {
            AsyncOptions calls = step.calls();
            if (state != null
                    && calls != null
                    && calls.order() == AsyncOptions.Order.KEPT
                    && state.entries(StateIds.unfinished(step)).iterator().hasNext()) {
                steps.add(0, step);
            }
        }
        return steps;
    }
}
