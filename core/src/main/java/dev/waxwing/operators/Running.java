package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.function.Folder;
import dev.waxwing.function.Reducer;
import dev.waxwing.function.Supplier;
import dev.waxwing.function.TypeRef;
import dev.waxwing.internal.FunctionTypes;
import dev.waxwing.state.StateUpdate;
import java.util.Objects;

/** Folds the values of each key and emits the result so far at each value. */
public final class Running {

    private Running() {}

    public static <K, V, S> Operator<KeyedStream<K, V>, KeyedStream<K, S>> scan(
            Supplier<? extends S> initial, Folder<S, ? super V> folder) {
        Objects.requireNonNull(initial, "initial must not be null");
        Objects.requireNonNull(folder, "folder must not be null");
        return StatefulMaps.<K, V, S, S>map(
                "scan",
                (before, value) -> {
                    S folded =
                            before == null
                                    ? Objects.requireNonNull(
                                            initial.get(), "the initial value must not be null")
                                    : before;
                    return emitted(
                            Objects.requireNonNull(
                                    folder.fold(folded, value), "folder must not return null"));
                },
                FunctionTypes.parameter(folder, 0));
    }

    public static <K, V> Operator<KeyedStream<K, V>, KeyedStream<K, V>> reduce(Reducer<V> reducer) {
        Objects.requireNonNull(reducer, "reducer must not be null");
        return StatefulMaps.<K, V, V, V>map(
                "reduce",
                (before, value) ->
                        emitted(
                                before == null
                                        ? value
                                        : Objects.requireNonNull(
                                                reducer.reduce(before, value),
                                                "reducer must not return null")),
                FunctionTypes.parameter(reducer, 0));
    }

    public static <K, V> Operator<KeyedStream<K, V>, KeyedStream<K, Long>> count() {
        return StatefulMaps.<K, V, Long, Long>map(
                "count",
                (before, value) -> emitted(before == null ? 1L : before + 1),
                TypeRef.of(Long.class));
    }

    /** The next state, which is the output as well. */
    private static <S> StateUpdate<S, S> emitted(S result) {
        return StateUpdate.keep(result, result);
    }
}
