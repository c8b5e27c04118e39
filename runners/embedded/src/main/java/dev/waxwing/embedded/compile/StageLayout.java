package dev.waxwing.embedded.compile;

import dev.waxwing.plan.CoreOperator;
import dev.waxwing.plan.CoreStep;
import dev.waxwing.plan.Origin;
import dev.waxwing.plan.Plan;
import dev.waxwing.sink.FixedPartitionedSink;

/** Which steps are fused: the same on every worker. Immutable. */
final class StageLayout {

    private final int[] stageOf;
    private final Start[] starts;

    /** How a step begins a stage, or that it does not. */
    enum Start {
        FUSED,
        SOURCE,
        BY_KEY,
        BY_PARTITION,
        SPREAD,
        MERGE
    }

    StageLayout(Plan plan, int workers) {
        int steps = plan.coreSteps().size();
        stageOf = new int[steps];
        starts = new Start[steps];
        for (CoreStep step : plan.coreSteps()) {
            Start start = startOf(step, workers);
            starts[step.index()] = start;
            stageOf[step.index()] =
                    start == Start.FUSED ? stageOf[step.ups().get(0).step()] : step.index();
        }
    }

    /** The stage of a step, named by the step that begins it. */
    int stageOf(int step) {
        return stageOf[step];
    }

    Start start(int step) {
        return starts[step];
    }

    private Start startOf(CoreStep step, int workers) {
        CoreOperator operator = step.operator();
        if (operator instanceof CoreOperator.Input) {
            return Start.SOURCE;
        }
        if (operator instanceof CoreOperator.Merge) {
            return isWithinStage(step) ? Start.FUSED : Start.MERGE;
        }
        if (workers == 1) {
            return Start.FUSED;
        }
        if (operator instanceof CoreOperator.Stateful) {
            return Start.BY_KEY;
        }
        if (operator instanceof CoreOperator.Redistribute) {
            return Start.SPREAD;
        }
        if (operator instanceof CoreOperator.Output output
                && output.sink() instanceof FixedPartitionedSink) {
            return Start.BY_PARTITION;
        }
        return Start.FUSED;
    }

    private boolean isWithinStage(CoreStep merge) {
        int first = stageOf[merge.ups().get(0).step()];
        for (Origin up : merge.ups()) {
            if (stageOf[up.step()] != first) {
                return false;
            }
        }
        return true;
    }
}
