package dev.waxwing.plan.core;

import dev.waxwing.kernel.Port;
import dev.waxwing.sink.Sink;
import dev.waxwing.source.Source;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.WatermarkOptions;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step that a runner runs.
 *
 * @param index its place among the plan's core steps; upstreams have lower ones
 * @param id full id, unique, such as {@code orders.parse.map}
 * @param userStep full id of the step that the user named, such as {@code orders.parse}: for
 *     messages and, with the state's name, for recovery
 * @param operator what it does
 * @param keyed whether its input carries keys
 * @param ups where its input comes from: one, for merges one or more, for inputs none
 * @param policy what to do when its code throws, or null to stop
 */
public record CoreStep(
        int index,
        String id,
        String userStep,
        CoreOperator operator,
        boolean keyed,
        List<Origin> ups,
        @Nullable FailurePolicy policy)
        implements Serializable {

    public CoreStep {
        ups = List.copyOf(ups);
    }

    /** The source that it reads; null if it reads none. */
    public @Nullable Source<?> source() {
        return operator instanceof CoreOperator.Input input ? input.source() : null;
    }

    /** The sink that it writes to; null if it writes to none. */
    public @Nullable Sink<?> sink() {
        return operator instanceof CoreOperator.Output output ? output.sink() : null;
    }

    /** The state that it keeps by key; null if it keeps none. */
    public @Nullable StatefulSpec<?, ?, ?, ?> spec() {
        return operator instanceof CoreOperator.Stateful stateful ? stateful.spec() : null;
    }

    /** The options of the calls that it makes elsewhere; null if it makes none. */
    public @Nullable AsyncOptions calls() {
        return operator instanceof CoreOperator.Async async ? async.options() : null;
    }

    /** The event time that it marks its stream with; null if it marks none. */
    public @Nullable WatermarkOptions eventTime() {
        return operator instanceof CoreOperator.Watermark watermark ? watermark.eventTime() : null;
    }

    /** Returns this step with another operator. */
    public CoreStep withOperator(CoreOperator other) {
        return new CoreStep(index, id, userStep, other, keyed, ups, policy);
    }

    /** Returns this step with a policy. */
    public CoreStep withPolicy(FailurePolicy chosen) {
        return new CoreStep(index, id, userStep, operator, keyed, ups, chosen);
    }

    /** How many outputs it has: the main one, side outputs, dead letters. */
    public int outputCount() {
        return 1 + operator.sidePorts().size() + (hasDeadLetters() ? 1 : 0);
    }

    /** Whether each item that comes in goes out once by the main output, or ends the execution. */
    public boolean emitsOneForEach() {
        return policy == null && operator.emitsOneForEach();
    }

    /** Whether what fails goes to an output of its own, the last one. */
    public boolean hasDeadLetters() {
        return policy != null && policy.last() == FailurePolicy.Last.DEAD_LETTER;
    }

    /** Index of the dead letters' output. */
    public int deadLetterPort() {
        return 1 + operator.sidePorts().size();
    }

    /** Name of an output: {@code down}, a side port's name, or {@code dead}. */
    public String portName(int port) {
        List<Port<?>> sides = operator.sidePorts();
        if (port == 0) {
            return "down";
        }
        return port <= sides.size() ? sides.get(port - 1).name() : "dead";
    }
}
