package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.WindowOut;
import dev.waxwing.function.Folder;
import dev.waxwing.function.Mapper;
import dev.waxwing.function.Order;
import dev.waxwing.function.Reducer;
import dev.waxwing.function.Supplier;
import dev.waxwing.function.TypeRef;
import dev.waxwing.internal.FunctionTypes;
import dev.waxwing.kernel.Port;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.LateValue;
import dev.waxwing.windowing.WindowLogic;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.Windower;
import java.util.Map;
import java.util.Objects;

/** Divides the values of each key, or all items, into windows. */
public final class Windows {

    private Windows() {}

    public static <K, V, R, S> Operator<KeyedStream<K, V>, WindowOut<K, V, R>> logic(
            Clock<? super V, ?> clock, Windower<?> windower, WindowLogic.Builder<V, R, S> builder) {
        Objects.requireNonNull(builder, "builder must not be null");
        return of(
                "window",
                clock,
                windower,
                new WindowContent<V, R, S>(
                        (arrivals, state) -> builder.build(state),
                        null,
                        FunctionTypes.parameter(builder, 0),
                        null,
                        Map.of()),
                WindowOptions.ordered());
    }

    public static <K, V, A> Operator<KeyedStream<K, V>, WindowOut<K, V, A>> fold(
            Clock<? super V, ?> clock,
            Windower<?> windower,
            Supplier<? extends A> initial,
            Folder<A, ? super V> folder,
            Reducer<A> merger) {
        return of(
                "foldWindow",
                clock,
                windower,
                folding(new Aggregation.Folding<>(initial, folder, merger)),
                WindowOptions.ordered());
    }

    public static <K, V, C> Operator<KeyedStream<K, V>, WindowOut<K, V, C>> collect(
            Clock<? super V, ?> clock, Windower<?> windower, Into<? super V, C> into) {
        Objects.requireNonNull(into, "into must not be null");
        Aggregation.Folding<V, C> collecting =
                new Aggregation.Folding<>(into.initial(), into.adder(), into.merger());
        WindowContent<V, C, C> content = folding(collecting);
        return of(
                "collectWindow",
                clock,
                windower,
                new WindowContent<>(content.logic(), null, content.stateType(), null, Map.of()),
                WindowOptions.ordered());
    }

    public static <K, V> Operator<KeyedStream<K, V>, WindowOut<K, V, V>> reduce(
            Clock<? super V, ?> clock, Windower<?> windower, Reducer<V> reducer) {
        return of(
                "reduceWindow",
                clock,
                windower,
                WindowContent.of(
                        new Aggregation.Reducing<>(reducer),
                        FunctionTypes.parameter(reducer, 0),
                        FunctionTypes.parameter(reducer, 0)),
                WindowOptions.unordered());
    }

    public static <K, V> Operator<KeyedStream<K, V>, WindowOut<K, V, Long>> count(
            Clock<? super V, ?> clock, Windower<?> windower) {
        return of(
                "countWindow",
                clock,
                windower,
                WindowContent.of(new Aggregation.Counting<>(), TypeRef.of(Long.class), null),
                WindowOptions.unordered());
    }

    public static <K, T> Operator<Stream<T>, WindowOut<K, T, Long>> countBy(
            Clock<? super T, ?> clock, Windower<?> windower, Mapper<? super T, ? extends K> key) {
        Operator<KeyedStream<K, T>, WindowOut<K, T, Long>> count = count(clock, windower);
        return Operator.named("countWindow", up -> count.apply(up.<K>keyOn("key", key)));
    }

    /**
     * The same over all items of a stream, under one key on one worker: another key than that of
     * other steps over all items, so that not all of these need be on one.
     *
     * @param name as shown in plans
     */
    public static <T, R> Operator<Stream<T>, WindowOut.OfAll<T, R>> ofAll(
            String name, Operator<KeyedStream<String, T>, WindowOut<String, T, R>> windows) {
        return Operator.named(
                name,
                up -> new WindowOut.OfAll<>(windows.apply(up.keyOn("all", item -> "windows"))));
    }

    public static <K, V> Operator<KeyedStream<K, V>, WindowOut<K, V, V>> max(
            Clock<? super V, ?> clock, Windower<?> windower, Order<? super V> order) {
        Objects.requireNonNull(order, "order must not be null");
        return choosing("maxWindow", clock, windower, (left, right) -> order.compare(right, left));
    }

    public static <K, V> Operator<KeyedStream<K, V>, WindowOut<K, V, V>> min(
            Clock<? super V, ?> clock, Windower<?> windower, Order<? super V> order) {
        Objects.requireNonNull(order, "order must not be null");
        return choosing("minWindow", clock, windower, order);
    }

    static <K, V, R> Operator<KeyedStream<K, V>, WindowOut<K, V, R>> of(
            String name,
            Clock<? super V, ?> clock,
            Windower<?> windower,
            WindowContent<V, R, ?> content,
            WindowOptions options) {
        WindowStepBuilder<K, V, R> builder =
                new WindowStepBuilder<>(clock, windower, content.by(name), options);
        return Operator.named(
                name,
                up -> {
                    KeyedStream<K, WindowResult<R>> down = up.stateful("window", builder.spec());
                    return new WindowOut<>(
                            down,
                            down.side(new Port<LateValue<V>>("late", WindowStep.LATE.index())),
                            down.side(WindowStep.META),
                            (other, stateType) -> builder.with(other, stateType).spec());
                });
    }

    private static <K, V> Operator<KeyedStream<K, V>, WindowOut<K, V, V>> choosing(
            String name, Clock<? super V, ?> clock, Windower<?> windower, Order<? super V> order) {
        Aggregation.Choosing<V> choosing = new Aggregation.Choosing<>(order);
        return of(
                name,
                clock,
                windower,
                WindowContent.of(choosing, choosing.stateType(TypeRef.of(Object.class)), null),
                WindowOptions.unordered());
    }

    private static <V, A> WindowContent<V, A, A> folding(Aggregation.Folding<V, A> folding) {
        return WindowContent.of(
                folding,
                FunctionTypes.parameter(folding.folder(), 0),
                FunctionTypes.parameter(folding.folder(), 1));
    }
}
