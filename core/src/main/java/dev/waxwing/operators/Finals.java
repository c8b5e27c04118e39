package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.function.Folder;
import dev.waxwing.function.Order;
import dev.waxwing.function.Reducer;
import dev.waxwing.function.Supplier;
import dev.waxwing.function.TypeRef;
import dev.waxwing.internal.FunctionTypes;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Folds the values of each key and emits the result at the end of input. */
public final class Finals {

    private Finals() {}

    public static <K, V, S> Operator<KeyedStream<K, V>, KeyedStream<K, S>> fold(
            Supplier<? extends S> initial, Folder<S, ? super V> folder) {
        Objects.requireNonNull(initial, "initial must not be null");
        Objects.requireNonNull(folder, "folder must not be null");
        return Finals.<K, V, S, S>named(
                "foldFinal",
                (context, state) ->
                        new FoldLogic<V, S>(folder, state == null ? initial.get() : state),
                FunctionTypes.parameter(folder, 0));
    }

    public static <K, V> Operator<KeyedStream<K, V>, KeyedStream<K, V>> reduce(Reducer<V> reducer) {
        Objects.requireNonNull(reducer, "reducer must not be null");
        return Finals.<K, V, V, V>named(
                "reduceFinal",
                (context, state) -> new ReduceLogic<V>(reducer, state),
                FunctionTypes.parameter(reducer, 0));
    }

    public static <K, V> Operator<KeyedStream<K, V>, KeyedStream<K, Long>> count() {
        return Finals.<K, V, Long, Long>named(
                "countFinal", (context, state) -> new CountLogic<V>(state), TypeRef.of(Long.class));
    }

    public static <K, V> Operator<KeyedStream<K, V>, KeyedStream<K, V>> max(
            Order<? super V> order) {
        Objects.requireNonNull(order, "order must not be null");
        Reducer<V> greater = (left, right) -> order.compare(left, right) >= 0 ? left : right;
        return Finals.<K, V, V, V>named(
                "maxFinal", (context, state) -> new ReduceLogic<V>(greater, state), null);
    }

    public static <K, V> Operator<KeyedStream<K, V>, KeyedStream<K, V>> min(
            Order<? super V> order) {
        Objects.requireNonNull(order, "order must not be null");
        Reducer<V> less = (left, right) -> order.compare(left, right) <= 0 ? left : right;
        return Finals.<K, V, V, V>named(
                "minFinal", (context, state) -> new ReduceLogic<V>(less, state), null);
    }

    private static <K, V, W, S> Operator<KeyedStream<K, V>, KeyedStream<K, W>> named(
            String name,
            StatefulLogic.Builder<K, V, W, S> builder,
            @Nullable TypeRef<?> stateType) {
        return Operator.named(
                name,
                up ->
                        up.stateful(
                                "stateful",
                                StatefulSpec.of(name, builder).withStateType(stateType)));
    }
}

/** Folds values into a result. */
final class FoldLogic<V, S> implements StatefulLogic<V, S, S> {

    private final Folder<S, ? super V> folder;
    private S folded;

    FoldLogic(Folder<S, ? super V> folder, S folded) {
        this.folder = folder;
        this.folded = Objects.requireNonNull(folded, "the initial value must not be null");
    }

    @Override
    public Retain onItem(V value, Outputs<? super S> out) throws Exception {
        folded = Objects.requireNonNull(folder.fold(folded, value), "folder must not return null");
        return Retain.KEEP;
    }

    @Override
    public Retain onEndOfInput(Outputs<? super S> out) {
        out.emit(folded);
        return Retain.DISCARD;
    }

    @Override
    public S snapshot() {
        return folded;
    }
}

/** Combines values two by two. */
final class ReduceLogic<V> implements StatefulLogic<V, V, V> {

    private final Reducer<V> reducer;
    private @Nullable V reduced;

    ReduceLogic(Reducer<V> reducer, @Nullable V reduced) {
        this.reducer = reducer;
        this.reduced = reduced;
    }

    @Override
    public Retain onItem(V value, Outputs<? super V> out) throws Exception {
        V before = reduced;
        reduced =
                before == null
                        ? value
                        : Objects.requireNonNull(
                                reducer.reduce(before, value), "reducer must not return null");
        return Retain.KEEP;
    }

    @Override
    public Retain onEndOfInput(Outputs<? super V> out) {
        out.emit(snapshot());
        return Retain.DISCARD;
    }

    @Override
    public V snapshot() {
        return Objects.requireNonNull(reduced, "a logic is built for a value");
    }
}

/** Counts values. */
final class CountLogic<V> implements StatefulLogic<V, Long, Long> {

    private long count;

    CountLogic(@Nullable Long resumeState) {
        count = resumeState == null ? 0 : resumeState;
    }

    @Override
    public Retain onItem(V value, Outputs<? super Long> out) {
        count++;
        return Retain.KEEP;
    }

    @Override
    public Retain onEndOfInput(Outputs<? super Long> out) {
        out.emit(count);
        return Retain.DISCARD;
    }

    @Override
    public Long snapshot() {
        return count;
    }
}
