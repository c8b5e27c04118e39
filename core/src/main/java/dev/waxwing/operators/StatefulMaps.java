package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.StateOptions;
import dev.waxwing.TypeRef;
import dev.waxwing.function.FunctionTypes;
import dev.waxwing.function.StateMapper;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.LogicBuilder;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stateful steps: a logic of the user's, or a function of state and value. */
public final class StatefulMaps {

    private StatefulMaps() {}

    public static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> logic(
            LogicBuilder<K, V, W, S> builder) {
        Objects.requireNonNull(builder, "builder must not be null");
        return stateful("stateful", builder, FunctionTypes.parameter(builder, 1));
    }

    public static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> map(
            StateMapper<S, ? super V, W> mapper) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        return StatefulMaps.<K, V, W, S>stateful(
                "statefulMap",
                (context, state) -> new StateMapLogic<S, V, W>(mapper, state),
                FunctionTypes.parameter(mapper, 0));
    }

    public static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> flatMap(
            StateMapper<S, ? super V, ? extends Iterable<? extends W>> mapper) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        return StatefulMaps.<K, V, W, S>stateful(
                "statefulFlatMap",
                (context, state) -> new StateFlatMapLogic<S, V, W>(mapper, state),
                FunctionTypes.parameter(mapper, 0));
    }

    public static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> map(
            StateMapper<S, ? super V, W> mapper, StateOptions options) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        LogicBuilder<K, V, W, S> inner =
                (context, state) -> new StateMapLogic<S, V, W>(mapper, state);
        return expiring("statefulMap", inner, FunctionTypes.parameter(mapper, 0), options);
    }

    public static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> flatMap(
            StateMapper<S, ? super V, ? extends Iterable<? extends W>> mapper,
            StateOptions options) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        LogicBuilder<K, V, W, S> inner =
                (context, state) -> new StateFlatMapLogic<S, V, W>(mapper, state);
        return expiring("statefulFlatMap", inner, FunctionTypes.parameter(mapper, 0), options);
    }

    static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> expiring(
            String name,
            LogicBuilder<K, V, W, S> inner,
            @Nullable TypeRef<?> stateType,
            StateOptions options) {
        long timeToLiveMillis = Math.max(1, millis(options.timeToLive()));
        LogicBuilder<K, V, W, ExpiringState<S>> builder =
                (context, state) -> new ExpiringLogic<>(inner, context, timeToLiveMillis, state);
        TypeRef<?> type =
                stateType == null
                        ? TypeRef.of(ExpiringState.class)
                        : TypeRef.parameterized(ExpiringState.class, List.of(stateType));
        return stateful(name, builder, type);
    }

    /** In milliseconds; a duration that is longer than they can tell is for ever. */
    private static long millis(Duration duration) {
        return duration.compareTo(Duration.ofMillis(Long.MAX_VALUE)) < 0
                ? duration.toMillis()
                : Long.MAX_VALUE;
    }

    private static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> stateful(
            String name, LogicBuilder<K, V, W, S> builder, @Nullable TypeRef<?> stateType) {
        return Operator.named(
                name,
                up ->
                        up.stateful(
                                "stateful",
                                StatefulSpec.of("state", builder).withStateType(stateType)));
    }
}

/** Calls a function with the state and each value, one output each. */
final class StateMapLogic<S, V, W> implements StatefulLogic<V, W, S> {

    static final String MUST_RETURN_AN_UPDATE =
            "the mapper must not return null; return StateUpdate.keep or StateUpdate.discard";

    private final StateMapper<S, ? super V, W> mapper;
    private @Nullable S state;

    StateMapLogic(StateMapper<S, ? super V, W> mapper, @Nullable S state) {
        this.mapper = mapper;
        this.state = state;
    }

    @Override
    public Retain onItem(V value, Outputs<? super W> out) throws Exception {
        StateUpdate<S, ? extends W> update =
                Objects.requireNonNull(mapper.map(state, value), MUST_RETURN_AN_UPDATE);
        state = update.state();
        out.emit(update.output());
        return update.state() == null ? Retain.DISCARD : Retain.KEEP;
    }

    @Override
    public S snapshot() {
        return Objects.requireNonNull(state, "a logic without state has been discarded");
    }
}

/** Calls a function with the state and each value, any number of outputs each. */
final class StateFlatMapLogic<S, V, W> implements StatefulLogic<V, W, S> {

    private final StateMapper<S, ? super V, ? extends Iterable<? extends W>> mapper;
    private @Nullable S state;

    StateFlatMapLogic(
            StateMapper<S, ? super V, ? extends Iterable<? extends W>> mapper, @Nullable S state) {
        this.mapper = mapper;
        this.state = state;
    }

    @Override
    public Retain onItem(V value, Outputs<? super W> out) throws Exception {
        StateUpdate<S, ? extends Iterable<? extends W>> update =
                Objects.requireNonNull(
                        mapper.map(state, value), StateMapLogic.MUST_RETURN_AN_UPDATE);
        state = update.state();
        for (W output : update.output()) {
            out.emit(output);
        }
        return update.state() == null ? Retain.DISCARD : Retain.KEEP;
    }

    @Override
    public S snapshot() {
        return Objects.requireNonNull(state, "a logic without state has been discarded");
    }
}
