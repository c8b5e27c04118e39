package dev.waxwing.render;

import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.Step;
import dev.waxwing.plan.core.StepPort;
import java.util.List;

/** Draws a plan, substeps included, as a PlantUML component diagram. */
final class PlanPlantUml {

    private final Plan plan;
    private final StringBuilder out = new StringBuilder();

    PlanPlantUml(Plan plan) {
        this.plan = plan;
    }

    String text() {
        out.append("@startuml\n");
        plan.steps().forEach(step -> append(step, ""));
        return out.append("@enduml").toString();
    }

    private void append(Step step, String indent) {
        out.append(indent)
                .append("component ")
                .append(step.id())
                .append(" [\n")
                .append(indent)
                .append("    ")
                .append(step.id())
                .append(" (")
                .append(step.kind())
                .append(")\n")
                .append(indent)
                .append("]\n")
                .append(indent)
                .append("component ")
                .append(step.id())
                .append(" {\n");
        String inner = indent + "    ";
        appendPorts("portin", step.inPorts(), inner);
        appendPorts("portout", step.outPorts(), inner);
        step.substeps().forEach(substep -> append(substep, inner));
        step.outPorts().forEach(port -> appendLinks(port, inner));
        out.append(indent).append("}\n");
        step.inPorts().forEach(port -> appendLinks(port, indent));
    }

    private void appendPorts(String kind, List<StepPort> ports, String indent) {
        for (StepPort port : ports) {
            out.append(indent).append(kind).append(' ').append(port.id()).append('\n');
        }
    }

    private void appendLinks(StepPort to, String indent) {
        for (int i = 0; i < to.fromPortIds().size(); i++) {
            out.append(indent)
                    .append(to.fromPortIds().get(i))
                    .append(" --> ")
                    .append(to.id())
                    .append(" : ")
                    .append(to.fromStreamIds().get(Math.min(i, to.fromStreamIds().size() - 1)))
                    .append('\n');
        }
    }
}
