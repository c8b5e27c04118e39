package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.internal.FunctionTypes;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulBatchLogic;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hands a logic the available values of its key together. */
public final class BatchStateful {

    private BatchStateful() {}

    public static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> of(
            StatefulBatchLogic.Builder<K, V, W, S> builder) {
        Objects.requireNonNull(builder, "builder must not be null");
        StatefulSpec<K, V, W, S> spec =
                StatefulSpec.<K, V, W, S>of(
                                "state",
                                (context, state) ->
                                        new BatchingLogic<>(builder.build(context, state)))
                        .withStateType(FunctionTypes.parameter(builder, 1));
        return Operator.named("statefulBatch", up -> up.stateful("stateful", spec));
    }
}

/** Puts values aside until the activation ends. */
final class BatchingLogic<V, W, S> implements StatefulLogic<V, W, S> {

    private final StatefulBatchLogic<V, W, S> inner;
    private List<V> values = new ArrayList<>();

    BatchingLogic(StatefulBatchLogic<V, W, S> inner) {
        this.inner = inner;
    }

    @Override
    public Retain onItem(V value, Outputs<? super W> out) {
        values.add(value);
        return Retain.KEEP;
    }

    @Override
    public Retain onActivationEnd(Outputs<? super W> out) throws Exception {
        if (values.isEmpty()) {
            return Retain.KEEP;
        }
        List<V> taken = values;
        values = new ArrayList<>();
        return inner.onBatch(taken, out);
    }

    @Override
    public Retain onNotify(Outputs<? super W> out) throws Exception {
        return inner.onNotify(out);
    }

    @Override
    public Retain onEndOfInput(Outputs<? super W> out) throws Exception {
        return inner.onEndOfInput(out);
    }

    @Override
    public @Nullable Instant notifyAt() {
        return inner.notifyAt();
    }

    @Override
    public S snapshot() {
        return inner.snapshot();
    }
}
