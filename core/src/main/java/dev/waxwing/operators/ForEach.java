package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.function.Consumer;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.plan.core.SideEffect;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/** Ends a stream with a function that is given each item; nothing comes out. */
public final class ForEach {

    private ForEach() {}

    public static <T> Operator<Stream<T>, Stream<Void>> of(Consumer<? super T> action) {
        Objects.requireNonNull(action, "action must not be null");
        return Operator.named(
                "forEach", up -> up.transform("transform", new ForEachKernel<T>(action)));
    }

    public static <K, V> Operator<KeyedStream<K, V>, KeyedStream<K, Void>> ofPairs(
            Consumer.OfPair<? super K, ? super V> action) {
        Objects.requireNonNull(action, "action must not be null");
        return Operator.named(
                "forEach", up -> up.transform("transform", new ForEachPairKernel<K, V>(action)));
    }
}

/** Gives each item to the function. */
final class ForEachKernel<T> implements Kernel<T, Void>, SideEffect, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Consumer<? super T> action;

    ForEachKernel(Consumer<? super T> action) {
        this.action = action;
    }

    @Override
    public void onItem(T item, Outputs<? super Void> out) throws Exception {
        action.accept(item);
    }

    @Override
    public List<Serializable> code() {
        return List.of(action);
    }
}

/** Gives each key and value to the function. */
final class ForEachPairKernel<K, V> implements KeyedKernel<K, V, Void>, SideEffect, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Consumer.OfPair<? super K, ? super V> action;

    ForEachPairKernel(Consumer.OfPair<? super K, ? super V> action) {
        this.action = action;
    }

    @Override
    public void onItem(K key, V value, KeyedOutputs<K, ? super Void> out) throws Exception {
        action.accept(key, value);
    }

    @Override
    public List<Serializable> code() {
        return List.of(action);
    }
}
