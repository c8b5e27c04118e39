package dev.waxwing.engine.resume;

import dev.waxwing.engine.compile.StateIds;
import dev.waxwing.engine.worker.StateEncoding;
import dev.waxwing.function.Mapper;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.Schemas;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.state.StatefulSpec;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodings of the states of a plan and of the items of its sinks. */
final class Encodings {

    private final Plan plan;
    private final Schemas schemas;
    private final CodecRegistry classes;
    private final Map<StateId, StateEncoding> encodings = new HashMap<>();
    private final Map<StateId, OtherForm> otherForms = new HashMap<>();

    Encodings(Plan plan, Schemas schemas, CodecRegistry classes) {
        this.plan = plan;
        this.schemas = schemas;
        this.classes = PlanClasses.addTo(classes, plan);
    }

    /** How a state is read that was stored in another form, and made into that of today. */
    record OtherForm(StateCodec codec, Mapper<Object, Object> conversion) {}

    /** Numbers the schemas of all of it. */
    Schemas schemas() {
        return schemas;
    }

    /** By state; to be asked for after {@link #encodings}. */
    Map<StateId, OtherForm> otherForms() {
        return otherForms;
    }

    Map<StateId, StateEncoding> encodings() {
        for (CoreStep step : plan.coreSteps()) {
            StepStates.of(step).forEach(this::add);
            StatefulSpec<?, ?, ?, ?> spec = step.spec();
            if (spec != null) {
                addOtherForm(StateIds.keys(step, spec), spec.stored().otherForm());
            }
        }
        return encodings;
    }

    /** The codec of a sink's items. */
    StateCodec itemCodec(CoreStep step, EpochSink<?> sink) {
        try {
            return StateCodec.of(SinkTypes.item(sink), classes);
        } catch (RecoveryException e) {
            throw RecoveryException.ofStep(
                    step.userStep(),
                    "items of step '"
                            + step.userStep()
                            + "' cannot be kept until they are committed: "
                            + e.getMessage(),
                    e);
        }
    }

    private void addOtherForm(StateId id, StatefulSpec.@Nullable OtherForm form) {
        if (form != null) {
            StateCodec codec = StateCodec.of(StepStates.type(form.type()), classes);
            otherForms.put(id, new OtherForm(codec, form.conversion()));
        }
    }

    private void add(StepStates.State state) {
        StateId id = state.id();
        try {
            encodings.put(
                    id,
                    new StateEncoding(
                            id,
                            StateCodec.of(state.key(), classes),
                            StateCodec.of(state.value(), classes),
                            schemas));
        } catch (RecoveryException e) {
            throw RecoveryException.ofStep(
                    id.stepPath(), id.asText() + " cannot be stored: " + e.getMessage(), e);
        }
    }
}
