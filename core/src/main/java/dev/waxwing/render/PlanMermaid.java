package dev.waxwing.render;

import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.Origin;
import dev.waxwing.plan.core.Step;
import dev.waxwing.plan.core.StepPort;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Draws the top-level steps of a plan as a Mermaid flow chart. */
final class PlanMermaid {

    /*
     * A node is named by the id of its step if Mermaid reads that as one name, else by a number: it takes many
     * characters for syntax, and words such as end wherever a statement may begin. A number has no period, so it is no
     * step's id. Labels may be any text: what Mermaid or HTML would not show as it is becomes an entity.
     */
    private static final Pattern PLAIN_ID = Pattern.compile("\\w+(-\\w+)*(\\.\\w+(-\\w+)*)*");
    private static final Set<String> WORDS =
            Set.of(
                    "call",
                    "class",
                    "classDef",
                    "click",
                    "default",
                    "direction",
                    "end",
                    "flowchart",
                    "graph",
                    "href",
                    "interpolate",
                    "linkStyle",
                    "style",
                    "subgraph",
                    "v");

    private final Plan plan;
    private final Map<String, String> nodes = new HashMap<>();
    private final Map<String, Origin> origins = new HashMap<>();

    private record Origin(String node, StepPort port) {}

    PlanMermaid(Plan plan) {
        this.plan = plan;
        for (Step step : plan.steps()) {
            String node = isPlain(step.id()) ? step.id() : "step" + nodes.size();
            nodes.put(step.id(), node);
            step.outPorts().forEach(port -> origins.put(port.id(), new Origin(node, port)));
        }
    }

    String text() {
        StringBuilder out = new StringBuilder("flowchart TD\n");
        out.append("subgraph \"").append(label(plan.dataflowName())).append(" (Dataflow)\"\n");
        for (Step step : plan.steps()) {
            out.append(node(step))
                    .append("[\"")
                    .append(label(step.name()))
                    .append(" (")
                    .append(label(step.kind()))
                    .append(")\"]\n");
            step.inPorts().forEach(port -> appendEdges(out, step, port));
        }
        return out.append("end").toString();
    }

    private void appendEdges(StringBuilder out, Step step, StepPort to) {
        for (String from : to.fromPortIds()) {
            Origin origin = Objects.requireNonNull(origins.get(from));
            out.append(origin.node)
                    .append(" -- \"")
                    .append(label(origin.port.name()))
                    .append(" \u2192 ")
                    .append(label(to.name()))
                    .append("\" --> ")
                    .append(node(step))
                    .append('\n');
        }
    }

    private String node(Step step) {
        return Objects.requireNonNull(nodes.get(step.id()));
    }

    private static boolean isPlain(String id) {
        return PLAIN_ID.matcher(id).matches() && !WORDS.contains(id.split("\\W", 2)[0]);
    }

    private static String label(String text) {
        StringBuilder label = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("#&<>\"`\\".indexOf(c) >= 0) {
                label.append('#').append((int) c).append(';');
            } else {
                label.append(c);
            }
        }
        return label.toString();
    }
}
