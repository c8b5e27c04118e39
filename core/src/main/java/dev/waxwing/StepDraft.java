package dev.waxwing;

import dev.waxwing.plan.core.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step while the dataflow is built. A step without children is a core step; a step with children
 * holds the core steps {@code firstCore} to {@code endCore} (exclusive), since operators nest.
 */
final class StepDraft {

    final @Nullable StepDraft parent;
    final String name;
    final String id;
    final String operatorName;
    final boolean ownBusiness;
    final List<StepDraft> children = new ArrayList<>();
    final Map<Origin, String> results = new LinkedHashMap<>();
    final int firstCore;
    int endCore;

    StepDraft(
            @Nullable StepDraft parent,
            String name,
            String operatorName,
            boolean ownBusiness,
            int firstCore) {
        this.parent = parent;
        this.name = name;
        this.id = parent == null ? name : parent.id + "." + name;
        this.operatorName = operatorName;
        this.ownBusiness = ownBusiness;
        this.firstCore = firstCore;
        this.endCore = firstCore;
    }

    boolean contains(int core) {
        return core >= firstCore && core < endCore;
    }

    boolean isCore() {
        return children.isEmpty();
    }

    /** The child that holds a core step, or null if none does. */
    @Nullable StepDraft childWith(int core) {
        for (StepDraft child : children) {
            if (child.contains(core)) {
                return child;
            }
        }
        return null;
    }

    boolean hasChild(String childName) {
        return children.stream().anyMatch(child -> child.name.equals(childName));
    }
}
