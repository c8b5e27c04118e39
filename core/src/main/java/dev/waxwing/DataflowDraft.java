package dev.waxwing;

import dev.waxwing.kernel.Port;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.plan.core.Origin;
import dev.waxwing.step.InvalidDataflowException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a dataflow while it is built. Confined to the thread that builds it.
 *
 * <p>Operators nest, so the step being built is always the last one opened: {@code scope}.
 */
final class DataflowDraft {

    final StepDraft root;
    final List<CoreStep> coreSteps = new ArrayList<>();
    final Map<String, String> renames = new HashMap<>();
    private StepDraft scope;

    DataflowDraft(String name) {
        root = new StepDraft(null, name, "dataflow", false, 0);
        scope = root;
    }

    /** Adds a step that runners run. */
    Origin addCore(
            String name,
            String operatorName,
            CoreOperator operator,
            boolean keyed,
            List<Origin> ups) {
        int index = coreSteps.size();
        StepDraft step = addChild(name, operatorName, false);
        checkPorts(step.id, operator.sidePorts());
        step.endCore = index + 1;
        coreSteps.add(new CoreStep(index, step.id, userStep(step), operator, keyed, ups, null));
        for (StepDraft up = scope; up != null; up = up.parent) {
            up.endCore = index + 1;
        }
        return new Origin(index, 0);
    }

    /** Makes a step out of those that the operator adds. */
    <I, R> R addComposite(String name, Operator<? super I, R> operator, I up) {
        boolean named = operator instanceof NamedOperator;
        String operatorName =
                operator instanceof NamedOperator<?, ?> known ? known.operatorName() : "composite";
        StepDraft step = addChild(name, operatorName, named);
        StepDraft outer = scope;
        scope = step;
        R result;
        try {
            result = operator.apply(up);
        } finally {
            scope = outer;
        }
        if (step.children.isEmpty()) {
            outer.children.remove(step);
        }
        recordResults(step, result);
        return result;
    }

    /** Changes a core step that was added before. */
    void replace(CoreStep step) {
        coreSteps.set(step.index(), step);
    }

    void renameAll(String formerName) {
        String other = renames.putIfAbsent(root.id, formerName);
        boolean isKnown = other != null && !other.equals(formerName);
        if (isKnown || formerName.equals(root.id)) {
            throw new InvalidDataflowException(
                    null,
                    "dataflow '"
                            + root.id
                            + "' cannot have been '"
                            + formerName
                            + (isKnown ? "' and '" + other : "")
                            + "'; say formerly once, with the other name that its recovery store"
                            + " was last used under");
        }
    }

    void rename(int core, String formerName) {
        StepDraft step = scope.childWith(core);
        if (step == null) {
            throw new InvalidDataflowException(
                    coreSteps.get(core).userStep(),
                    "formerly(\"" + formerName + "\") must be said where its step is made");
        }
        Names.checkStep(scope.id, formerName);
        String former = scope.id + "." + formerName;
        String other = renames.putIfAbsent(step.id, former);
        if (other != null && !other.equals(former)) {
            throw new InvalidDataflowException(
                    step.id,
                    "step '"
                            + step.id
                            + "' cannot have been both '"
                            + other
                            + "' and '"
                            + former
                            + "'; say formerly once, with the name that its state was last kept"
                            + " under");
        }
    }

    private StepDraft addChild(String name, String operatorName, boolean ownBusiness) {
        Names.checkStep(scope.id, name);
        if (scope.hasChild(name)) {
            throw new InvalidDataflowException(
                    scope.id + "." + name,
                    "dataflow '"
                            + root.id
                            + "' already has a step '"
                            + scope.id
                            + "."
                            + name
                            + "'; step names must be unique among siblings");
        }
        StepDraft step = new StepDraft(scope, name, operatorName, ownBusiness, coreSteps.size());
        scope.children.add(step);
        return step;
    }

    private static void checkPorts(String stepId, List<Port<?>> ports) {
        for (int place = 1; place <= ports.size(); place++) {
            Port<?> port = ports.get(place - 1);
            if (port.index() != place) {
                throw new InvalidDataflowException(
                        stepId,
                        "step '"
                                + stepId
                                + "': port '"
                                + port.name()
                                + "' has index "
                                + port.index()
                                + ", but is declared at place "
                                + place
                                + "; give each port its place, from 1");
            }
        }
        if (ports.stream().map(Port::name).distinct().count() < ports.size()) {
            throw new InvalidDataflowException(
                    stepId, "step '" + stepId + "' has two ports of one name; rename one");
        }
    }

    private static String userStep(StepDraft core) {
        String id = core.id;
        for (StepDraft step = core; step != null; step = step.parent) {
            if (step.ownBusiness) {
                id = step.id;
            }
        }
        return id;
    }

    private static void recordResults(StepDraft step, @Nullable Object result) {
        recordResult(step, "down", result);
        if (result instanceof WindowOut.OfAll<?, ?> windows) {
            recordResult(step, "down", windows.down());
            recordResult(step, "late", windows.late());
            recordResult(step, "meta", windows.meta());
        }
        if (!(result instanceof Record)) {
            return;
        }
        for (RecordComponent component : result.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                recordResult(step, component.getName(), component.getAccessor().invoke(result));
            } catch (ReflectiveOperationException | RuntimeException e) {
                throw new InvalidDataflowException(
                        step.id,
                        "step '"
                                + step.id
                                + "': cannot read component '"
                                + component.getName()
                                + "' of what its operator returned; make the record public");
            }
        }
    }

    private static void recordResult(StepDraft step, String name, @Nullable Object result) {
        if (result instanceof Stream<?> stream) {
            step.results.putIfAbsent(stream.origin(), name);
        } else if (result instanceof KeyedStream<?, ?> stream) {
            step.results.putIfAbsent(stream.origin(), name);
        }
    }
}
