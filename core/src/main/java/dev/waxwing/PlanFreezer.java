package dev.waxwing;

import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.plan.core.Origin;
import dev.waxwing.plan.core.Routing;
import dev.waxwing.plan.core.Step;
import dev.waxwing.plan.core.StepPort;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.sink.Sink;
import dev.waxwing.sink.SinkContract;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.InvalidDataflowException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks a draft as a whole and makes the plan of it. */
final class PlanFreezer {

    private final DataflowDraft draft;

    PlanFreezer(DataflowDraft draft) {
        this.draft = draft;
    }

    Plan freeze() {
        checkInputs();
        checkOutputs();
        checkStateNames();
        checkRenames();
        checkDeadLetters();
        List<Step> steps = new ArrayList<>();
        for (StepDraft child : draft.root.children) {
            steps.add(step(child));
        }
        List<CoreStep> coreSteps = draft.coreSteps.stream().map(this::withSides).toList();
        return new Plan(draft.root.name, steps, coreSteps, draft.renames);
    }

    /* State of one side of a join would be taken for that of another if the sides came in another order. */
    private CoreStep withSides(CoreStep step) {
        StatefulSpec<?, ?, ?, ?> spec = step.spec();
        List<String> sides = spec == null ? List.of() : sides(step);
        if (spec == null || sides.size() < 2) {
            return step;
        }
        Map<String, String> settings = new HashMap<>(spec.stored().settings());
        settings.put(StepChecks.SIDES, String.join(", ", sides));
        return step.withOperator(new CoreOperator.Stateful(spec.withSettings(settings)));
    }

    /* The streams that a step merges within itself, if each passes a step of its own before, which says which one it is. */
    private List<String> sides(CoreStep step) {
        CoreStep merge = draft.coreSteps.get(step.ups().get(0).step());
        List<String> sides = new ArrayList<>();
        if (merge.operator().routing() == Routing.MERGED
                && merge.userStep().equals(step.userStep())) {
            for (Origin up : merge.ups()) {
                CoreStep side = draft.coreSteps.get(up.step());
                if (!side.userStep().equals(step.userStep())) {
                    return List.of();
                }
                sides.add(nameOf(side.ups().get(0)));
            }
        }
        return sides;
    }

    private String nameOf(Origin stream) {
        CoreStep from = draft.coreSteps.get(stream.step());
        return stream.port() == 0
                ? from.userStep()
                : from.userStep() + "." + from.portName(stream.port());
    }

    private void checkInputs() {
        if (draft.coreSteps.stream().noneMatch(s -> s.source() != null)) {
            throw new InvalidDataflowException(
                    null,
                    "dataflow '"
                            + draft.root.name
                            + "' needs at least one input step; add one with flow.input(...)");
        }
    }

    private void checkOutputs() {
        if (draft.coreSteps.stream().noneMatch(s -> s.operator().endsDataflow())) {
            throw new InvalidDataflowException(
                    null,
                    "dataflow '"
                            + draft.root.name
                            + "' needs at least one output or inspect step; add one with"
                            + " stream.output(...)");
        }
    }

    private void checkStateNames() {
        Set<String> seen = new HashSet<>();
        for (CoreStep step : draft.coreSteps) {
            boolean outside = step.source() != null || step.sink() != null;
            if (outside && !seen.add(step.userStep() + "/partitions")) {
                throw new InvalidDataflowException(
                        step.userStep(),
                        "step '"
                                + step.userStep()
                                + "' has several sources or sinks within it, which recovery could"
                                + " not tell apart by the step's id; make its operator without"
                                + " Operator.named, so that each has an id of its own");
            }
            StatefulSpec<?, ?, ?, ?> spec = step.spec();
            if (spec != null && !seen.add(step.userStep() + "/" + spec.stateName())) {
                throw new InvalidDataflowException(
                        step.userStep(),
                        "step '"
                                + step.userStep()
                                + "' has two states named '"
                                + spec.stateName()
                                + "'; give each stateful step of an operator a state name of its"
                                + " own");
            }
        }
    }

    /** State under a former name must have one step to go to. */
    private void checkRenames() {
        Set<String> present = new HashSet<>();
        addIds(draft.root, present);
        Map<String, String> heirs = new HashMap<>();
        new TreeMap<>(draft.renames)
                .forEach(
                        (id, former) -> {
                            String other = present.contains(former) ? former : heirs.get(former);
                            if (other != null) {
                                throw formerNameOfTwo(id, former, other);
                            }
                            heirs.put(former, id);
                        });
    }

    private static void addIds(StepDraft step, Set<String> ids) {
        ids.add(step.id);
        step.children.forEach(child -> addIds(child, ids));
    }

    private static InvalidDataflowException formerNameOfTwo(
            String id, String former, String other) {
        return new InvalidDataflowException(
                id,
                "step '"
                        + id
                        + "' says that it was formerly '"
                        + former
                        + "', but "
                        + (other.equals(former)
                                ? "the dataflow has a step of this name"
                                : "so does step '" + other + "'")
                        + "; state can go to one of them only, so take formerly away from '"
                        + id
                        + "' or give the other step another name");
    }

    /** A policy that was replaced may have taken away what a stream was made of. */
    private void checkDeadLetters() {
        for (CoreStep step : draft.coreSteps) {
            for (Origin up : step.ups()) {
                CoreStep from = draft.coreSteps.get(up.step());
                if (up.port() >= from.outputCount()) {
                    throw new InvalidDataflowException(
                            from.userStep(),
                            "step '"
                                    + step.userStep()
                                    + "' reads the dead letters of step '"
                                    + from.userStep()
                                    + "', whose last policy has none; call onFailure once");
                }
            }
        }
    }

    private Step step(StepDraft step) {
        List<Step> substeps = new ArrayList<>();
        for (StepDraft child : step.children) {
            substeps.add(step(child));
        }
        return new Step(
                step.name,
                step.id,
                step.operatorName,
                contract(step),
                inPorts(step),
                outPorts(step),
                substeps);
    }

    private @Nullable SinkContract contract(StepDraft step) {
        Sink<?> sink = step.isCore() ? draft.coreSteps.get(step.firstCore).sink() : null;
        if (sink == null) {
            return null;
        }
        try {
            return sink.contract();
        } catch (IllegalArgumentException e) {
            throw new InvalidDataflowException(
                    step.id, "step '" + step.id + "': " + e.getMessage());
        }
    }

    private List<StepPort> inPorts(StepDraft step) {
        Set<Origin> origins = inOrigins(step);
        if (origins.isEmpty()) {
            return List.of();
        }
        Set<String> ports = new LinkedHashSet<>();
        List<String> streams = new ArrayList<>();
        for (Origin origin : origins) {
            ports.add(sourcePort(step, origin));
            streams.add(streamId(origin));
        }
        return List.of(new StepPort(inPortName(step), inPortId(step), List.copyOf(ports), streams));
    }

    /** The port, as seen beside a step, by which a stream reaches it. */
    private String sourcePort(StepDraft step, Origin origin) {
        StepDraft parent = java.util.Objects.requireNonNull(step.parent);
        StepDraft sibling = parent.childWith(origin.step());
        return sibling == null ? inPortId(parent) : outPortId(sibling, origin);
    }

    private Set<Origin> inOrigins(StepDraft step) {
        Set<Origin> origins = new LinkedHashSet<>();
        for (int core = step.firstCore; core < step.endCore; core++) {
            for (Origin origin : draft.coreSteps.get(core).ups()) {
                if (!step.contains(origin.step()) || step.isCore()) {
                    origins.add(origin);
                }
            }
        }
        return origins;
    }

    private String inPortId(StepDraft step) {
        return step.id + "." + inPortName(step);
    }

    private String inPortName(StepDraft step) {
        boolean merge =
                step.isCore()
                        && draft.coreSteps.get(step.firstCore).operator().routing()
                                == Routing.MERGED;
        return merge || inOrigins(step).size() > 1 ? "ups" : "up";
    }

    private List<StepPort> outPorts(StepDraft step) {
        List<StepPort> ports = new ArrayList<>();
        for (Origin origin : outOrigins(step)) {
            String id = outPortId(step, origin);
            String name = id.substring(step.id.length() + 1);
            if (step.isCore()) {
                ports.add(new StepPort(name, id, List.of(), List.of()));
            } else {
                StepDraft child = java.util.Objects.requireNonNull(step.childWith(origin.step()));
                ports.add(
                        new StepPort(
                                name,
                                id,
                                List.of(outPortId(child, origin)),
                                List.of(streamId(origin))));
            }
        }
        return ports;
    }

    private Set<Origin> outOrigins(StepDraft step) {
        Set<Origin> origins = new LinkedHashSet<>();
        if (step.isCore()) {
            CoreStep core = draft.coreSteps.get(step.firstCore);
            int first = core.sink() != null ? 1 : 0;
            for (int port = first; port < core.outputCount(); port++) {
                origins.add(new Origin(core.index(), port));
            }
            return origins;
        }
        for (Origin origin : step.results.keySet()) {
            if (step.contains(origin.step())) {
                origins.add(origin);
            }
        }
        for (CoreStep consumer : draft.coreSteps) {
            if (!step.contains(consumer.index())) {
                for (Origin origin : consumer.ups()) {
                    if (step.contains(origin.step())) {
                        origins.add(origin);
                    }
                }
            }
        }
        return origins;
    }

    private String outPortId(StepDraft step, Origin origin) {
        String name = step.results.get(origin);
        return step.id
                + "."
                + (name != null
                        ? name
                        : draft.coreSteps.get(origin.step()).portName(origin.port()));
    }

    private String streamId(Origin origin) {
        CoreStep core = draft.coreSteps.get(origin.step());
        return core.id() + "." + core.portName(origin.port());
    }
}
