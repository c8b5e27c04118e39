package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.Stream.Branches;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Predicate;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/** Parts items or values into those that a predicate accepts and the rest. */
public final class Branch {

    private Branch() {}

    public static <T> Operator<Stream<T>, Branches<Stream<T>>> by(Predicate<? super T> predicate) {
        Objects.requireNonNull(predicate, "predicate must not be null");
        Port<T> falses = Port.named("falses");
        return Operator.named(
                "branch",
                up -> {
                    Stream<T> trues =
                            up.transform(
                                    "transform", new BranchKernel<>(predicate, falses), falses);
                    return new Branches<>(trues, trues.side(falses));
                });
    }

    public static <K, V> Operator<KeyedStream<K, V>, Branches<KeyedStream<K, V>>> byValue(
            Predicate<? super V> predicate) {
        Objects.requireNonNull(predicate, "predicate must not be null");
        Port<V> falses = Port.named("falses");
        return Operator.named(
                "branchValue",
                up -> {
                    KeyedStream<K, V> trues =
                            up.transform(
                                    "transform",
                                    new BranchValueKernel<K, V>(predicate, falses),
                                    falses);
                    return new Branches<>(trues, trues.side(falses));
                });
    }
}

/** Sends an item to one of two outputs. */
final class BranchKernel<T> implements Kernel<T, T>, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Predicate<? super T> predicate;
    private final Port<T> falses;

    BranchKernel(Predicate<? super T> predicate, Port<T> falses) {
        this.predicate = predicate;
        this.falses = falses;
    }

    @Override
    public void onItem(T item, Outputs<? super T> out) throws Exception {
        if (predicate.test(item)) {
            out.emit(item);
        } else {
            out.emit(falses, item);
        }
    }

    @Override
    public List<Serializable> code() {
        return List.of(predicate);
    }
}

/** Sends a value to one of two outputs, under its key. */
final class BranchValueKernel<K, V> implements KeyedKernel<K, V, V>, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Predicate<? super V> predicate;
    private final Port<V> falses;

    BranchValueKernel(Predicate<? super V> predicate, Port<V> falses) {
        this.predicate = predicate;
        this.falses = falses;
    }

    @Override
    public void onItem(K key, V value, KeyedOutputs<K, ? super V> out) throws Exception {
        if (predicate.test(value)) {
            out.emit(key, value);
        } else {
            out.emit(falses, key, value);
        }
    }

    @Override
    public List<Serializable> code() {
        return List.of(predicate);
    }
}
