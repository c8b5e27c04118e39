package dev.waxwing.embedded.resume;

import dev.waxwing.TypeRef;
import dev.waxwing.embedded.compile.StateIds;
import dev.waxwing.embedded.delivery.DeliveryKey;
import dev.waxwing.embedded.delivery.OutboxEntry;
import dev.waxwing.embedded.delivery.Progress;
import dev.waxwing.embedded.link.AsyncLink;
import dev.waxwing.embedded.link.PendingItem;
import dev.waxwing.embedded.worker.StateEncoding;
import dev.waxwing.function.Mapper;
import dev.waxwing.function.TypeArguments;
import dev.waxwing.plan.CoreOperator;
import dev.waxwing.plan.CoreStep;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryStore;
import dev.waxwing.recovery.StateId;
import dev.waxwing.recovery.codec.CodecRegistry;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.sink.Contract;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.state.StatefulSpec;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the states of a plan are encoded in a store. */
final class StoreSetup {

    private final Plan plan;
    private final RecoveryStore store;
    private final CodecRegistry classes;
    private final Map<StateId, StateEncoding> encodings = new HashMap<>();
    private final Map<StateId, OtherForm> otherForms = new HashMap<>();

    StoreSetup(Plan plan, RecoveryStore store, CodecRegistry classes) {
        this.plan = plan;
        this.store = store;
        this.classes = PlanClasses.addTo(classes, plan);
    }

    /** How a state is read that was stored in another form, and made into that of today. */
    record OtherForm(StateCodec codec, Mapper<Object, Object> conversion) {}

    /** By state; to be asked for after {@link #encodings}. */
    Map<StateId, OtherForm> otherForms() {
        return otherForms;
    }

    Map<StateId, StateEncoding> encodings() {
        for (CoreStep step : plan.coreSteps()) {
            CoreOperator operator = step.operator();
            if (operator instanceof CoreOperator.Input input) {
                if (input.source() instanceof FixedPartitionedSource) {
                    Type position =
                            TypeArguments.of(
                                    input.source().getClass(), FixedPartitionedSource.class, 1);
                    add(StateIds.partitions(step), String.class, position);
                    add(StateIds.pending(step), String.class, PendingItem.class);
                }
            } else if (operator instanceof CoreOperator.Output output) {
                if (output.sink() instanceof FixedPartitionedSink) {
                    Type position =
                            TypeArguments.of(
                                    output.sink().getClass(), FixedPartitionedSink.class, 2);
                    add(StateIds.partitions(step), String.class, position);
                } else if (output.sink() instanceof EpochSink<?> sink) {
                    add(StateIds.partitions(step), String.class, Progress.class);
                    add(
                            StateIds.deliveries(step),
                            DeliveryKey.class,
                            sink.contract() == Contract.TWO_PHASE
                                    ? SinkTypes.committable(sink)
                                    : OutboxEntry.class);
                }
            } else if (operator instanceof CoreOperator.Stateful stateful) {
                add(
                        StateIds.keys(step, stateful),
                        type(stateful.spec().keyType()),
                        type(stateful.spec().stateType()));
                addOtherForm(StateIds.keys(step, stateful), stateful.spec().stored().otherForm());
                if (stateful.spec().time() == StatefulSpec.Time.FOLLOWED) {
                    add(StateIds.watermark(step, stateful), String.class, Long.class);
                }
            } else if (operator instanceof CoreOperator.Watermark) {
                add(StateIds.newest(step), String.class, Long.class);
            } else if (operator instanceof CoreOperator.Async) {
                add(StateIds.unfinished(step), String.class, AsyncLink.UnfinishedCall.class);
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
            StateCodec codec = StateCodec.of(type(form.type()), classes);
            otherForms.put(id, new OtherForm(codec, form.conversion()));
        }
    }

    private void add(StateId id, Type key, Type value) {
        try {
            encodings.put(
                    id,
                    new StateEncoding(
                            id, StateCodec.of(key, classes), StateCodec.of(value, classes), store));
        } catch (RecoveryException e) {
            throw RecoveryException.ofStep(
                    id.stepPath(), id.asText() + " cannot be stored: " + e.getMessage(), e);
        }
    }

    private static Type type(@Nullable TypeRef<?> type) {
        return type == null ? Object.class : type.type();
    }
}
