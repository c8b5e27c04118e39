package dev.waxwing.engine.compile;

import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.state.StatefulSpec;

/** Under which names the state of a step is kept. */
public final class StateIds {

    private static final String PARTITIONS = "partitions";
    private static final String DELIVERIES = "deliveries";
    private static final String UNFINISHED = "unfinished calls";

    private StateIds() {}

    /** The positions of a source's or a sink's partitions. */
    public static StateId partitions(CoreStep step) {
        return new StateId(step.userStep(), PARTITIONS);
    }

    /** What a source's partitions have emitted and their stages have not taken. */
    public static StateId pending(CoreStep step) {
        return new StateId(step.userStep(), "pending items");
    }

    /** What a sink has to commit, or had when the store last heard of it. */
    public static StateId deliveries(CoreStep step) {
        return new StateId(step.userStep(), DELIVERIES);
    }

    /** Whether a state is the positions of some source's or sink's partitions. */
    public static boolean isPartitions(StateId id) {
        return id.stateName().equals(PARTITIONS);
    }

    /** Whether a state is what some sink has to commit. */
    public static boolean isDeliveries(StateId id) {
        return id.stateName().equals(DELIVERIES);
    }

    /** Whether a state is the inputs of some step's unfinished calls. */
    public static boolean isUnfinished(StateId id) {
        return id.stateName().startsWith(UNFINISHED);
    }

    /** The inputs of unfinished calls. */
    public static StateId unfinished(CoreStep step) {
        return new StateId(
                step.userStep(), UNFINISHED + step.id().substring(step.userStep().length()));
    }

    /** The watermark that a stateful step has reached, and what is late there, by worker. */
    public static StateId watermark(CoreStep step, StatefulSpec<?, ?, ?, ?> spec) {
        return new StateId(step.userStep(), spec.stateName() + " watermark");
    }

    /** The newest time that a watermark step has seen, by worker. */
    public static StateId newest(CoreStep step) {
        return new StateId(
                step.userStep(), "newest time" + step.id().substring(step.userStep().length()));
    }

    /** The keys of a stateful step. */
    public static StateId keys(CoreStep step, StatefulSpec<?, ?, ?, ?> spec) {
        return new StateId(step.userStep(), spec.stateName());
    }
}
