package dev.waxwing.plan.core;

import java.io.Serializable;
import java.util.List;

/**
 * An in- or output of a step as drawn.
 *
 * @param name such as {@code up} or {@code down}
 * @param id the step's id and the name
 * @param fromPortIds the ports that feed it: for an input the output ports of siblings or the
 *     parent's input, for a composite's output the inner ports; empty for outputs of core steps
 * @param fromStreamIds the streams that feed it, each named by the core step's port that makes it
 */
public record StepPort(String name, String id, List<String> fromPortIds, List<String> fromStreamIds)
        implements Serializable {

    public StepPort {
        fromPortIds = List.copyOf(fromPortIds);
        fromStreamIds = List.copyOf(fromStreamIds);
    }
}
