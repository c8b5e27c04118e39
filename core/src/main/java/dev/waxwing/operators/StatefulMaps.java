package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.TypeRef;
import dev.waxwing.internal.FunctionTypes;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StateMapper;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.StateOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stateful steps: a logic of the user's, or a function of state and value. */
public final class StatefulMaps {

    private StatefulMaps() {}

    public static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> logic(
            StatefulLogic.Builder<K, V, W, S> builder) {
        Objects.requireNonNull(builder, "builder must not be null");
        return stateful("stateful", builder, FunctionTypes.parameter(builder, 1));
    }

    public static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> map(
            StateMapper<S, ? super V, W> mapper) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        return map("statefulMap", mapper, FunctionTypes.parameter(mapper, 0));
    }

    /** The same under the name of another operator. */
    static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> map(
            String name, StateMapper<S, ? super V, W> mapper, @Nullable TypeRef<?> stateType) {
        return StatefulMaps.<K, V, W, S>stateful(
                name, new StateMapLogic<K, S, V, W>(mapper), stateType);
    }

    public static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> flatMap(
            StateMapper<S, ? super V, ? extends Iterable<? extends W>> mapper) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        return StatefulMaps.<K, V, W, S>stateful(
                "statefulFlatMap",
                new StateFlatMapLogic<K, S, V, W>(mapper),
                FunctionTypes.parameter(mapper, 0));
    }

    public static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> map(
            StateMapper<S, ? super V, W> mapper, StateOptions options) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        StatefulLogic.Builder<K, V, W, S> inner = new StateMapLogic<K, S, V, W>(mapper);
        return expiring(
                "statefulMap", inner, FunctionTypes.parameter(mapper, 0), options, Map.of());
    }

    public static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> flatMap(
            StateMapper<S, ? super V, ? extends Iterable<? extends W>> mapper,
            StateOptions options) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        StatefulLogic.Builder<K, V, W, S> inner = new StateFlatMapLogic<K, S, V, W>(mapper);
        return expiring(
                "statefulFlatMap", inner, FunctionTypes.parameter(mapper, 0), options, Map.of());
    }

    static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> expiring(
            String name,
            StatefulLogic.Builder<K, V, W, S> inner,
            @Nullable TypeRef<?> stateType,
            StateOptions options,
            Map<String, String> settings) {
        long millis = timeToLiveMillis(options);
        StatefulLogic.Builder<K, V, W, ExpiringState<S>> builder =
                (context, state) -> new ExpiringLogic<>(inner, context, millis, state);
        return expiring(name, builder, stateType, settings);
    }

    /** The same for a logic that has something to do at the end of input. */
    static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> expiringToTheEnd(
            String name,
            StatefulLogic.Builder<K, V, W, S> inner,
            @Nullable TypeRef<?> stateType,
            StateOptions options,
            Map<String, String> settings) {
        long millis = timeToLiveMillis(options);
        StatefulLogic.Builder<K, V, W, ExpiringState<S>> builder =
                (context, state) ->
                        new ExpiringToTheEnd<>(new ExpiringLogic<>(inner, context, millis, state));
        return expiring(name, builder, stateType, settings);
    }

    private static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> expiring(
            String name,
            StatefulLogic.Builder<K, V, W, ExpiringState<S>> builder,
            @Nullable TypeRef<?> stateType,
            Map<String, String> settings) {
        return stateful(
                name,
                StatefulSpec.of("state", builder)
                        .withStateType(ExpiringState.type(stateType))
                        .withSettings(settings)
                        .withOtherForm(ExpiringState.ofExpiringState(stateType)));
    }

    /** In milliseconds; a duration that is longer than they can tell is for ever. */
    private static long timeToLiveMillis(StateOptions options) {
        Duration duration = options.timeToLive();
        return duration.compareTo(Duration.ofMillis(Long.MAX_VALUE)) < 0
                ? Math.max(1, duration.toMillis())
                : Long.MAX_VALUE;
    }

    /** A step whose state may have been stored with a time to live. */
    static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> stateful(
            String name,
            StatefulLogic.Builder<K, V, W, S> builder,
            @Nullable TypeRef<?> stateType) {
        return stateful(
                name,
                StatefulSpec.of("state", builder)
                        .withStateType(stateType)
                        .withOtherForm(ExpiringState.ofStateAlone(stateType)));
    }

    private static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> stateful(
            String name, StatefulSpec<K, V, W, S> spec) {
        return Operator.named(name, up -> up.stateful("stateful", spec));
    }
}

/** Calls a function with the state and each value, one output each; builds others like itself. */
final class StateMapLogic<K, S, V, W>
        implements StatefulLogic<V, W, S>, StatefulLogic.Builder<K, V, W, S>, HoldsCode {

    static final String MUST_RETURN_AN_UPDATE =
            "the mapper must not return null; return StateUpdate.keep or StateUpdate.discard";

    private static final long serialVersionUID = 1L;

    /*
     * A Long, the state of running counts and sums, is kept as a number: it needs no object a key, and a
     * number is stored without the fence that G1 puts behind a reference in an old object
     * (docs/decisions/0013; benchmarks W2, W5).
     */
    private final StateMapper<S, ? super V, W> mapper;
    private transient @Nullable S state;
    private transient long number;
    private transient boolean isNumber;

    StateMapLogic(StateMapper<S, ? super V, W> mapper) {
        this.mapper = mapper;
    }

    @Override
    public StatefulLogic<V, W, S> build(LogicContext<K> context, @Nullable S resumeState) {
        StateMapLogic<K, S, V, W> logic = new StateMapLogic<>(mapper);
        logic.keep(resumeState);
        return logic;
    }

    @Override
    public Retain onItem(V value, Outputs<? super W> out) throws Exception {
        StateUpdate<S, ? extends W> update =
                Objects.requireNonNull(mapper.map(state(), value), MUST_RETURN_AN_UPDATE);
        keep(update.state());
        out.emit(update.output());
        return update.state() == null ? Retain.DISCARD : Retain.KEEP;
    }

    @Override
    public S snapshot() {
        return Objects.requireNonNull(state(), "a logic without state has been discarded");
    }

    private void keep(@Nullable S next) {
        if (next instanceof Long whole) {
            number = whole;
            if (!isNumber) {
                isNumber = true;
                state = null;
            }
        } else {
            isNumber = false;
            state = next;
        }
    }

    @SuppressWarnings("unchecked") // the state was a Long
    private @Nullable S state() {
        return isNumber ? (S) (Long) number : state;
    }

    @Override
    public List<Serializable> code() {
        return List.of(mapper);
    }
}

/** Calls a function with the state and each value, any number of outputs each; builds others. */
final class StateFlatMapLogic<K, S, V, W>
        implements StatefulLogic<V, W, S>, StatefulLogic.Builder<K, V, W, S>, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final StateMapper<S, ? super V, ? extends Iterable<? extends W>> mapper;
    private transient @Nullable S state;

    StateFlatMapLogic(StateMapper<S, ? super V, ? extends Iterable<? extends W>> mapper) {
        this.mapper = mapper;
    }

    @Override
    public StatefulLogic<V, W, S> build(LogicContext<K> context, @Nullable S resumeState) {
        StateFlatMapLogic<K, S, V, W> logic = new StateFlatMapLogic<>(mapper);
        logic.state = resumeState;
        return logic;
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

    @Override
    public List<Serializable> code() {
        return List.of(mapper);
    }
}
