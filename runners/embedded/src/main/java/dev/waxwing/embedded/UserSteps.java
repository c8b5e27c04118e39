package dev.waxwing.embedded;

import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.plan.core.Origin;
import dev.waxwing.plan.core.Routing;
import dev.waxwing.plan.core.Step;
import dev.waxwing.plan.core.StepPort;
import dev.waxwing.run.Execution.StepCounters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Sums up core steps to the steps that a user named. Immutable. */
final class UserSteps {

    /*
     * What comes in is what core steps received from outside of the user's step, what goes out left by one of its outputs;
     * what core steps hand each other in between is nobody's. A stream that several core steps of a step read came in once.
     */

    private final List<UserStep> steps = new ArrayList<>();

    UserSteps(Plan plan) {
        Map<String, Origin> streams = new HashMap<>();
        Map<String, List<CoreStep>> parts = new LinkedHashMap<>();
        for (CoreStep core : plan.coreSteps()) {
            for (int port = 0; port < core.outputCount(); port++) {
                streams.put(core.id() + "." + core.portName(port), new Origin(core.index(), port));
            }
            parts.computeIfAbsent(core.userStep(), id -> new ArrayList<>()).add(core);
        }
        Map<String, Step> named = new HashMap<>();
        addAll(plan.steps(), named);
        parts.forEach(
                (id, cores) ->
                        steps.add(
                                UserStep.of(
                                        Objects.requireNonNull(named.get(id)), cores, streams)));
    }

    private static void addAll(List<Step> steps, Map<String, Step> byId) {
        for (Step step : steps) {
            byId.put(step.id(), step);
            addAll(step.substeps(), byId);
        }
    }

    /** Counters in the plan's order. */
    List<StepCounters> counters(CoreCounts counts) {
        return steps.stream().map(step -> step.counters(counts)).toList();
    }

    /** What the core steps have counted. */
    interface CoreCounts {
        CoreCount of(int coreStep);
    }

    /**
     * A step that the user named.
     *
     * @param ins what comes from outside, once for each stream and time that a core step reads it
     * @param outs by name
     */
    private record UserStep(
            Step step, List<CoreStep> cores, List<In> ins, Map<String, Origin> outs) {

        static UserStep of(Step step, List<CoreStep> cores, Map<String, Origin> streams) {
            Map<String, Origin> outs = new LinkedHashMap<>();
            for (StepPort port : step.outPorts()) {
                List<String> from = port.fromStreamIds();
                String stream = from.isEmpty() ? port.id() : from.get(0);
                outs.put(port.name(), Objects.requireNonNull(streams.get(stream)));
            }
            return new UserStep(step, cores, ins(cores), outs);
        }

        private static List<In> ins(List<CoreStep> cores) {
            Map<Origin, List<In>> most = new LinkedHashMap<>();
            for (CoreStep core : cores) {
                Map<Origin, List<In>> own = new LinkedHashMap<>();
                for (Origin up : core.ups()) {
                    if (cores.stream().noneMatch(other -> other.index() == up.step())) {
                        own.computeIfAbsent(up, origin -> new ArrayList<>()).add(new In(core, up));
                    }
                }
                own.forEach(
                        (up, reads) ->
                                most.merge(up, reads, (a, b) -> b.size() > a.size() ? b : a));
            }
            return most.values().stream().flatMap(List::stream).toList();
        }

        StepCounters counters(CoreCounts counts) {
            Map<String, Long> outputs = new LinkedHashMap<>();
            outs.forEach((name, from) -> outputs.put(name, counts.of(from.step()).output(from)));
            CoreCount sum = new CoreCount(0);
            long read = 0;
            long written = 0;
            for (CoreStep core : cores) {
                CoreCount own = counts.of(core.index());
                sum.add(own);
                if (core.source() != null) {
                    read += own.emitted;
                } else if (core.sink() != null) {
                    written += own.stored;
                }
            }
            return new StepCounters(
                    step.id(),
                    step.operatorName(),
                    ins.stream().mapToLong(in -> in.items(counts)).sum(),
                    outputs,
                    read,
                    written,
                    sum.dead,
                    sum.late,
                    sum.keys,
                    sum.user);
        }
    }

    /** A stream that a core step reads. */
    private record In(CoreStep core, Origin up) {

        /* Steps that only pass items on have no counter of their own. */
        long items(CoreCounts counts) {
            Routing routing = core.operator().routing();
            boolean passes = routing == Routing.MERGED || routing == Routing.SPREAD;
            return passes ? counts.of(up.step()).output(up) : counts.of(core.index()).received;
        }
    }
}
