package dev.waxwing.render;

import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.Step;
import dev.waxwing.plan.core.StepPort;
import java.util.List;

/** Writes a plan as JSON, indented by two; the core has no JSON library, and needs only this. */
final class PlanJson {

    private final Plan plan;
    private final StringBuilder out = new StringBuilder();
    private int depth;

    PlanJson(Plan plan) {
        this.plan = plan;
    }

    String text() {
        open('{');
        field("typ", "RenderedDataflow");
        comma();
        field("flow_id", plan.dataflowName());
        comma();
        steps(plan.steps());
        close('}');
        return out.toString();
    }

    private void steps(List<Step> steps) {
        name("substeps");
        list(steps, this::step);
    }

    private void step(Step step) {
        open('{');
        field("typ", "RenderedOperator");
        comma();
        field("op_type", step.operatorName());
        comma();
        if (step.contract() != null) {
            field("contract", step.contract().inWords());
            comma();
        }
        field("step_name", step.name());
        comma();
        field("step_id", step.id());
        comma();
        name("inp_ports");
        list(step.inPorts(), this::port);
        comma();
        name("out_ports");
        list(step.outPorts(), this::port);
        comma();
        steps(step.substeps());
        close('}');
    }

    private void port(StepPort port) {
        open('{');
        field("typ", "RenderedPort");
        comma();
        field("port_name", port.name());
        comma();
        field("port_id", port.id());
        comma();
        name("from_port_ids");
        list(port.fromPortIds(), this::string);
        comma();
        name("from_stream_ids");
        list(port.fromStreamIds(), this::string);
        close('}');
    }

    private <T> void list(List<T> items, java.util.function.Consumer<T> item) {
        if (items.isEmpty()) {
            out.append("[]");
            return;
        }
        open('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                comma();
            }
            item.accept(items.get(i));
        }
        close(']');
    }

    private void field(String fieldName, String value) {
        name(fieldName);
        string(value);
    }

    private void name(String fieldName) {
        string(fieldName);
        out.append(": ");
    }

    private void string(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private void open(char bracket) {
        out.append(bracket);
        depth++;
        newLine();
    }

    private void close(char bracket) {
        depth--;
        newLine();
        out.append(bracket);
    }

    private void comma() {
        out.append(',');
        newLine();
    }

    private void newLine() {
        out.append('\n').append("  ".repeat(depth));
    }
}
