package dev.waxwing.plan;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A frozen dataflow: all that a runner needs to know. Immutable; serializable if the users'
 * functions, sources and sinks are.
 *
 * @param dataflowName name of the dataflow
 * @param steps the steps as written, in order; each may have substeps
 * @param coreSteps what is run, upstreams before downstreams
 * @param renames old full ids of user steps by new ones, for state kept under an old id
 */
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

    /**
     * The id under which a step's state may have been kept before it or the step around it was
     * renamed, the innermost rename counting; or its own.
     */
    public String formerId(String userStep) {
        int end = userStep.length();
        while (end > 0) {
            String former = renames.get(userStep.substring(0, end));
            if (former != null) {
                return former + userStep.substring(end);
            }
            end = userStep.lastIndexOf('.', end - 1);
        }
        return userStep;
    }

    /** What the plan promises from end to end, with a recovery store. */
    public Guarantees guarantees() {
        return new GuaranteeFinder(this).find();
    }

    /** The plan as indented JSON, with substeps. */
    public String toJson() {
        return new PlanJson(this).text();
    }

    /** The top-level steps as a Mermaid flow chart. */
    public String toMermaid() {
        return new PlanMermaid(this).text();
    }

    /** The steps as a PlantUML component diagram, with all substeps. */
    public String toPlantUml() {
        return new PlanPlantUml(this).text();
    }
}
