package dev.waxwing.engine.resume;

import dev.waxwing.engine.compile.StateIds;
import dev.waxwing.engine.delivery.DeliveryKey;
import dev.waxwing.engine.delivery.OutboxEntry;
import dev.waxwing.engine.delivery.Progress;
import dev.waxwing.engine.link.AsyncLink;
import dev.waxwing.engine.site.PendingItem;
import dev.waxwing.function.TypeRef;
import dev.waxwing.internal.TypeArguments;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.SinkContract;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.Source;
import dev.waxwing.state.StatefulSpec;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The states that a store keeps of a step, with the types of their keys and values. */
final class StepStates implements CoreOperator.Visitor<List<StepStates.State>> {

    private final CoreStep step;

    private StepStates(CoreStep step) {
        this.step = step;
    }

    record State(StateId id, Type key, Type value) {}

    static List<State> of(CoreStep step) {
        return step.operator().accept(new StepStates(step));
    }

    @Override
    public List<State> input(CoreOperator.Input operator) {
        Source<?> source = operator.source();
        if (!(source instanceof FixedPartitionedSource)) {
            return List.of();
        }
        Type position = TypeArguments.of(source.getClass(), FixedPartitionedSource.class, 1);
        return List.of(
                new State(StateIds.partitions(step), String.class, position),
                new State(StateIds.pending(step), String.class, PendingItem.class));
    }

    @Override
    public List<State> output(CoreOperator.Output operator) {
        StateId partitions = StateIds.partitions(step);
        if (operator.sink() instanceof FixedPartitionedSink<?, ?, ?> sink) {
            Type position = TypeArguments.of(sink.getClass(), FixedPartitionedSink.class, 2);
            return List.of(new State(partitions, String.class, position));
        }
        if (operator.sink() instanceof EpochSink<?> sink) {
            Type delivery =
                    sink.contract() == SinkContract.TWO_PHASE
                            ? SinkTypes.committable(sink)
                            : OutboxEntry.class;
            return List.of(
                    new State(partitions, String.class, Progress.class),
                    new State(StateIds.deliveries(step), DeliveryKey.class, delivery));
        }
        return List.of();
    }

    @Override
    public List<State> stateful(CoreOperator.Stateful operator) {
        StatefulSpec<?, ?, ?, ?> spec = operator.spec();
        State keys =
                new State(StateIds.keys(step, spec), type(spec.keyType()), type(spec.stateType()));
        return spec.time() == StatefulSpec.Time.FOLLOWED
                ? List.of(keys, new State(StateIds.watermark(step, spec), String.class, Long.class))
                : List.of(keys);
    }

    @Override
    public List<State> async(CoreOperator.Async operator) {
        return List.of(
                new State(StateIds.unfinished(step), String.class, AsyncLink.UnfinishedCall.class));
    }

    @Override
    public List<State> watermark(CoreOperator.Watermark operator) {
        return List.of(new State(StateIds.newest(step), String.class, Long.class));
    }

    @Override
    public List<State> transform(CoreOperator.Transform operator) {
        return List.of();
    }

    @Override
    public List<State> keyedTransform(CoreOperator.KeyedTransform operator) {
        return List.of();
    }

    @Override
    public List<State> keyOn(CoreOperator.KeyOn operator) {
        return List.of();
    }

    @Override
    public List<State> dropKey(CoreOperator.DropKey operator) {
        return List.of();
    }

    @Override
    public List<State> merge(CoreOperator.Merge operator) {
        return List.of();
    }

    @Override
    public List<State> redistribute(CoreOperator.Redistribute operator) {
        return List.of();
    }

    /** The type that was declared, or any. */
    static Type type(@Nullable TypeRef<?> type) {
        return type == null ? Object.class : type.type();
    }
}
