package dev.waxwing.plan;

import java.util.List;

/** Draws the top-level steps of a plan as a Mermaid flow chart. */
final class PlanMermaid {

    private final Plan plan;

    PlanMermaid(Plan plan) {
        this.plan = plan;
    }

    String text() {
        StringBuilder out = new StringBuilder("flowchart TD\n");
        out.append("subgraph \"").append(plan.dataflowName()).append(" (Dataflow)\"\n");
        for (Step step : plan.steps()) {
            out.append(step.id())
                    .append("[\"")
                    .append(step.name())
                    .append(" (")
                    .append(step.operatorName())
                    .append(")\"]\n");
            step.inPorts().forEach(port -> appendEdges(out, step, port));
        }
        return out.append("end").toString();
    }

    private static void appendEdges(StringBuilder out, Step step, StepPort to) {
        List<String> froms = to.fromPortIds();
        for (String from : froms) {
            int dot = from.lastIndexOf('.');
            out.append(from, 0, dot)
                    .append(" -- \"")
                    .append(from.substring(dot + 1))
                    .append(" \u2192 ")
                    .append(to.name())
                    .append("\" --> ")
                    .append(step.id())
                    .append('\n');
        }
    }
}
