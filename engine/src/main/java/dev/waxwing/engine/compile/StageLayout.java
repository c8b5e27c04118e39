package dev.waxwing.engine.compile;

import dev.waxwing.engine.site.Route;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.plan.core.Origin;
import dev.waxwing.plan.core.Routing;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.Sink;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which steps are fused: the same on every worker. Immutable. */
final class StageLayout {

    /*
     * Each step of a stage adds frames to the stack of an item, and a thread's stack is finite: so a stage ends, though
     * nothing else asks for it, before its users' functions would have too little of it left. Long before the limit
     * the way from stage to stage costs nothing beside the steps between.
     */
    private static final int DEPTH_MAX = 200;

    private final int[] stageOf;
    private final Start[] starts;

    /** How a step begins a stage, or that it does not. */
    enum Start {
        FUSED,
        SOURCE,
        BY_KEY,
        BY_PARTITION,
        SPREAD,
        MERGE,
        /** After so many steps that a thread's stack would not do for all. */
        DEEP;

        /** Whether what comes in comes from other stages of the same worker. */
        boolean isLocal() {
            return this == MERGE || this == DEEP;
        }
    }

    /**
     * @param parts what sources and sinks have listed, by index of the core step
     */
    StageLayout(Plan plan, Shape shape, Map<Integer, List<String>> parts) {
        int steps = plan.coreSteps().size();
        stageOf = new int[steps];
        starts = new Start[steps];
        int[] depths = new int[steps];
        for (CoreStep step : plan.coreSteps()) {
            Start start = startOf(step, shape, parts);
            int depth = start == Start.FUSED ? depth(step, depths) : 0;
            if (depth > DEPTH_MAX && step.operator().routing() != Routing.MERGED) {
                start = Start.DEEP;
                depth = 0;
            }
            depths[step.index()] = depth;
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

    private Start startOf(CoreStep step, Shape shape, Map<Integer, List<String>> parts) {
        boolean fused = shape.workers() == 1 && shape.chains().stages() == Shape.Stages.AS_NEEDED;
        return switch (step.operator().routing()) {
            case SOURCE -> Start.SOURCE;
            case MERGED -> isWithinStage(step) ? Start.FUSED : Start.MERGE;
            case STRAIGHT -> Start.FUSED;
            case BY_KEY -> fused ? Start.FUSED : Start.BY_KEY;
            case SPREAD -> fused ? Start.FUSED : Start.SPREAD;
            case BY_PARTITION ->
                    !fused && isExchanged(step, shape, parts) ? Start.BY_PARTITION : Start.FUSED;
        };
    }

    private static int depth(CoreStep step, int[] depths) {
        return 1 + step.ups().stream().mapToInt(up -> depths[up.step()]).max().orElse(0);
    }

    /* Without keys each worker writes to a partition of its own, if each has one. */
    private static boolean isExchanged(
            CoreStep step, Shape shape, Map<Integer, List<String>> parts) {
        Sink<?> sink = step.sink();
        return sink instanceof FixedPartitionedSink
                || (sink instanceof EpochSink
                        && (step.keyed() || !haveEach(shape, parts.get(step.index()))));
    }

    private static boolean haveEach(Shape shape, @Nullable List<String> parts) {
        return Route.eachOwnsOne(
                shape.owners(), Objects.requireNonNull(parts).size(), shape.workers());
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

    /** Whether a step that marks time is somewhere behind an output. */
    static boolean isWatermarkBehind(Plan plan, Origin output) {
        Set<Integer> behind = new HashSet<>();
        for (CoreStep each : plan.coreSteps()) {
            for (Origin up : each.ups()) {
                if (up.equals(output) || behind.contains(up.step())) {
                    behind.add(each.index());
                }
            }
            if (behind.contains(each.index()) && each.eventTime() != null) {
                return true;
            }
        }
        return false;
    }
}
