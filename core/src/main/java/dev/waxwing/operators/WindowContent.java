package dev.waxwing.operators;

import dev.waxwing.TypeRef;
import dev.waxwing.windowing.WindowLogicBuilder;
import java.io.Serializable;
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
        WindowLogicBuilder<V, R, S> logic,
        @Nullable Aggregation<V, R> aggregation,
        @Nullable TypeRef<?> stateType,
        @Nullable TypeRef<?> valueType,
        Map<String, String> settings)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    WindowContent<V, R, S> withStateType(TypeRef<?> type) {
        return new WindowContent<>(logic, aggregation, type, valueType, settings);
    }

    static <V, A> WindowContent<V, A, A> of(
            Aggregation<V, A> aggregation,
            @Nullable TypeRef<?> stateType,
            @Nullable TypeRef<?> valueType) {
        return new WindowContent<>(
                state -> new AggregateLogic<>(aggregation, state),
                aggregation,
                stateType,
                valueType,
                Map.of());
    }
}
