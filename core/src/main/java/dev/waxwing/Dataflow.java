package dev.waxwing;

import dev.waxwing.kernel.Port;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.Plan.Guarantees;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.plan.core.Origin;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Sink;
import dev.waxwing.sink.SinkContract;
import dev.waxwing.source.Source;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.BatchOptions;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.InvalidDataflowException;
import java.util.List;
import java.util.Objects;

/**
 * A graph of named steps, built once by the methods of its streams, then run any number of times.
 *
 * <p>Every step has a name that is unique among its siblings; its id is the dataflow's name and the
 * names down to it, joined by periods. Recovery finds state by these ids, so a step that is renamed
 * must say {@code formerly("old-name")}, and so must a dataflow.
 *
 * <p>Building is confined to one thread. A stream may feed any number of steps, each of which sees
 * every item (the same object: do not change it); the items of a stream that feeds none are
 * dropped.
 */
public final class Dataflow {

    private final DataflowDraft draft;

    private Dataflow(String name) {
        draft = new DataflowDraft(name);
    }

    /**
     * An empty dataflow.
     *
     * @param name not empty, without periods; recovery stores belong to a name
     */
    public static Dataflow named(String name) {
        return new Dataflow(Names.checkDataflow(name));
    }

    /**
     * Says which name the dataflow had when its recovery store was last used, so that the store and
     * all state in it are found. Targets of sinks know their steps by the first name for ever.
     *
     * @return this dataflow
     */
    public Dataflow formerly(String formerName) {
        draft.renameAll(Names.checkDataflow(formerName));
        return this;
    }

    /** The name it was made with. */
    public String name() {
        return draft.root.name;
    }

    /** Adds a step that reads a source. */
    public <T> Stream<T> input(String stepName, Source<T> source) {
        Objects.requireNonNull(source, "source must not be null");
        return new Stream<>(
                this, core(stepName, "input", new CoreOperator.Input(source), false, List.of()));
    }

    /**
     * Checks the dataflow as a whole and freezes what has been built so far.
     *
     * @throws InvalidDataflowException if it has no input or nothing comes out of it
     */
    public Plan plan() {
        return new PlanFreezer(draft).freeze();
    }

    /**
     * What the dataflow promises from end to end if it is run with a recovery store.
     *
     * @throws InvalidDataflowException as {@link #plan}
     */
    public Guarantees guarantees() {
        return plan().guarantees();
    }

    Origin core(
            String stepName,
            String operatorName,
            CoreOperator operator,
            boolean keyed,
            List<Origin> ups) {
        return draft.addCore(stepName, operatorName, operator, keyed, ups);
    }

    <I, R> R composite(String stepName, Operator<? super I, R> operator, I up) {
        Objects.requireNonNull(operator, "operator must not be null");
        return draft.addComposite(stepName, operator, up);
    }

    CoreStep coreStep(int index) {
        return draft.coreSteps.get(index);
    }

    /** What a stateful step declares. */
    StatefulSpec<?, ?, ?, ?> spec(int coreIndex) {
        CoreStep step = coreStep(coreIndex);
        StatefulSpec<?, ?, ?, ?> spec = step.spec();
        if (spec == null) {
            throw new InvalidDataflowException(
                    step.userStep(),
                    "step '" + step.userStep() + "' has no state whose type could be declared");
        }
        return spec;
    }

    void formerly(int coreIndex, String formerName) {
        draft.rename(coreIndex, formerName);
    }

    void replace(CoreStep step) {
        draft.replace(step);
    }

    void onFailure(int coreIndex, FailurePolicy policy) {
        Objects.requireNonNull(policy, "policy must not be null");
        CoreStep step = failingStep(coreIndex);
        if (!step.operator().takesPolicy()) {
            throw new InvalidDataflowException(
                    step.userStep(),
                    "step '"
                            + step.userStep()
                            + "': a failure policy needs a stateless step, an input or an output, but this"
                            + " one cannot be called again safely; put the risky part into a map"
                            + " step of its own");
        }
        replace(step.withPolicy(policy));
    }

    void batched(int coreIndex, BatchOptions options) {
        Objects.requireNonNull(options, "options must not be null");
        CoreStep step = draft.coreSteps.get(coreIndex);
        Sink<?> sink = step.sink();
        if (sink == null) {
            throw new InvalidDataflowException(
                    step.userStep(),
                    "step '"
                            + step.userStep()
                            + "' has no sink but calls a function for each item, so there is nothing"
                            + " to batch; use a DynamicSink for what is to be done with many");
        }
        if (sink instanceof EpochSink<?> && sink.contract() != SinkContract.TWO_PHASE) {
            throw new InvalidDataflowException(
                    step.userStep(),
                    "step '"
                            + step.userStep()
                            + "': its sink is "
                            + sink.contract().inWords()
                            + " and gets what an epoch has written from the store, so there is"
                            + " nothing to batch before it; see the sink's own options for how"
                            + " much it sends at once");
        }
        replace(step.withOperator(new CoreOperator.Output(sink, options)));
    }

    Origin deadLetters(int coreIndex) {
        CoreStep step = failingStep(coreIndex);
        if (!step.hasDeadLetters()) {
            throw new InvalidDataflowException(
                    step.userStep(),
                    "step '"
                            + step.userStep()
                            + "' has no dead letters; call onFailure(FailurePolicy.deadLetter())"
                            + " first");
        }
        return new Origin(step.index(), step.deadLetterPort());
    }

    Origin side(int coreIndex, Port<?> port) {
        CoreStep step = draft.coreSteps.get(coreIndex);
        if (!step.operator().sidePorts().contains(port)) {
            throw new InvalidDataflowException(
                    step.userStep(),
                    "step '"
                            + step.userStep()
                            + "' has no side output '"
                            + port.name()
                            + "'; declare the port where the step is made");
        }
        return new Origin(coreIndex, port.index());
    }

    /** The core step whose code can fail in the user's step that ends in this one. */
    private CoreStep failingStep(int coreIndex) {
        CoreStep step = draft.coreSteps.get(coreIndex);
        if (step.operator().code().isEmpty() && step.ups().size() == 1) {
            CoreStep up = draft.coreSteps.get(step.ups().get(0).step());
            return up.userStep().equals(step.userStep()) ? up : step;
        }
        return step;
    }

    void checkSame(Dataflow other, String stepName) {
        if (other != this) {
            throw new InvalidDataflowException(
                    name() + "." + stepName,
                    "step '"
                            + stepName
                            + "' of dataflow '"
                            + name()
                            + "' was given a stream of dataflow '"
                            + other.name()
                            + "'; streams of two dataflows cannot be joined");
        }
    }
}
