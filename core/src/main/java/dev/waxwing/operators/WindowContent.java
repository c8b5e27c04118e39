package dev.waxwing.operators;

import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.TypeRef;
import dev.waxwing.windowing.WindowLogic;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a window does with its values.
 *
 * @param logic builds the logic of a window
 * @param aggregation what the logic does, if that can be combined from parts
 * @param stateType type of a logic's state, null if unknown
 * @param valueType type of the values, null if unknown
 * @param settings that the meaning of a logic's state depends on
 */
record WindowContent<V, R, S>(
        LogicOfKey<V, R, S> logic,
        @Nullable Aggregation<V, S, R> aggregation,
        @Nullable TypeRef<?> stateType,
        @Nullable TypeRef<?> valueType,
        Map<String, String> settings)
        implements HoldsCode {

    private static final long serialVersionUID = 1L;

    /** Builds the logic of one window of a key. */
    @FunctionalInterface
    interface LogicOfKey<V, R, S> extends Serializable {

        WindowLogic<V, R, S> build(Arrivals arrivals, @Nullable S resumeState) throws Exception;
    }

    /** The same with a declared type of what a window keeps. */
    WindowContent<V, R, S> withStateType(TypeRef<?> type) {
        return new WindowContent<>(
                logic,
                aggregation,
                aggregation == null ? type : aggregation.stateType(type),
                valueType,
                settings);
    }

    /** The same, as what an operator of this name makes of a window. */
    WindowContent<V, R, S> by(String operator) {
        return new WindowContent<>(
                logic,
                aggregation,
                stateType,
                valueType,
                StateSettings.all(settings, Map.of("operator", operator)));
    }

    static <V, A, R> WindowContent<V, R, A> of(
            Aggregation<V, A, R> aggregation,
            @Nullable TypeRef<?> stateType,
            @Nullable TypeRef<?> valueType) {
        return new WindowContent<>(
                (arrivals, state) -> new AggregateLogic<>(aggregation, arrivals, state),
                aggregation,
                stateType,
                valueType,
                Map.of());
    }

    @Override
    public List<Serializable> code() {
        return aggregation == null ? List.of(logic) : List.of(logic, aggregation);
    }
}
