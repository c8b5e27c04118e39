package dev.waxwing.plan;

import dev.waxwing.connector.Guarantee;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.plan.core.Step;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A frozen dataflow: all that a runner needs to know. Immutable; serializable if the users'
 * functions, sources and sinks are.
 *
 * @param dataflowName name of the dataflow
 * @param steps the steps as written, in order; each may have substeps; for drawings
 * @param coreSteps what is run, upstreams before downstreams; for runners
 * @param renames old full ids of user steps, and the old name of the dataflow, by new ones, for
 *     state kept under an old id; an old id occurs once, and no step has it
 */
@SuppressWarnings("exports")
public record Plan(
        String dataflowName,
        List<Step> steps,
        List<CoreStep> coreSteps,
        Map<String, String> renames)
        implements Serializable {

    public Plan {
        steps = List.copyOf(steps);
        coreSteps = List.copyOf(coreSteps);
        renames = Map.copyOf(renames);
    }

    /** The name that the dataflow had before it was renamed, or null. */
    public @Nullable String formerDataflowName() {
        return renames.get(dataflowName);
    }

    /**
     * All ids under which a step's state may be kept: its own first, then those before it, the
     * steps around it, or both were renamed. No two steps of a plan share one.
     */
    public List<String> keptIds(String userStep) {
        List<String> ids = new ArrayList<>(List.of(userStep));
        for (int end = userStep.length(); end > 0; end = userStep.lastIndexOf('.', end - 1)) {
            String former = renames.get(userStep.substring(0, end));
            if (former != null) {
                int from = end;
                List<String> before = new ArrayList<>();
                ids.forEach(id -> before.add(former + id.substring(from)));
                ids.addAll(before);
            }
        }
        return List.copyOf(ids);
    }

    /** What the plan promises from end to end, with a recovery store. */
    public Guarantees guarantees() {
        return new GuaranteeFinder(this).find();
    }

    /**
     * What a plan promises from end to end if it is run with a recovery store: for each sink, and
     * each function that a stream ends with, and each source that feeds it, how often an item has
     * its effect, and the weakest link, for a test to assert.
     *
     * @param paths one for each pair of a source and a sink, in the plan's order
     */
    public record Guarantees(List<Path> paths) {

        public Guarantees {
            paths = List.copyOf(paths);
        }

        /**
         * From a source to a sink.
         *
         * @param source full id of the input step
         * @param sink full id of the output step
         * @param guarantee of the weakest link
         * @param weakest full id of the step that is the weakest link
         * @param reason what makes it that
         */
        public record Path(
                String source, String sink, Guarantee guarantee, String weakest, String reason) {}

        /** The guarantee that all paths keep: the weakest. */
        public Guarantee guarantee() {
            return weakest().guarantee();
        }

        /** The path with the weakest guarantee, the first of several. */
        public Path weakest() {
            return paths.stream()
                    .min(Comparator.comparing(Path::guarantee))
                    .orElseThrow(
                            () ->
                                    new IllegalStateException(
                                            "the plan has no sink, so it promises nothing; add an"
                                                    + " output"));
        }

        /** A line for each path. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (Path path : paths) {
                text.append(path.source)
                        .append(" -> ")
                        .append(path.sink)
                        .append(": ")
                        .append(
                                path.guarantee
                                        .name()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', ' '))
                        .append(", by ")
                        .append(path.weakest)
                        .append(": ")
                        .append(path.reason)
                        .append('\n');
            }
            return text.toString();
        }
    }
}
