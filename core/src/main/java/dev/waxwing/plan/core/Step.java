package dev.waxwing.plan.core;

import dev.waxwing.sink.SinkContract;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step as the user, or the author of an operator, wrote it: what is drawn and shown.
 *
 * @param name as given, unique among its siblings
 * @param id full id: the parent's and the name, joined by a period
 * @param operatorName kind of step, such as {@code map}
 * @param contract how its sink delivers; null if it has none
 * @param inPorts inputs
 * @param outPorts outputs
 * @param substeps what it is made of; empty for a core step
 */
public record Step(
        String name,
        String id,
        String operatorName,
        @Nullable SinkContract contract,
        List<StepPort> inPorts,
        List<StepPort> outPorts,
        List<Step> substeps)
        implements Serializable {

    public Step {
        inPorts = List.copyOf(inPorts);
        outPorts = List.copyOf(outPorts);
        substeps = List.copyOf(substeps);
    }

    /** What is shown of its kind: the operator's name and, if it has a sink, the contract. */
    public String kind() {
        return contract == null ? operatorName : operatorName + ", " + contract.inWords();
    }
}
