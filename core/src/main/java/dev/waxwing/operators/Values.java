package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Mapper;
import dev.waxwing.function.Predicate;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.plan.core.OneForEach;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Map, flat map, filter and filter-map on the values of a keyed stream; keys stay. */
public final class Values {

    private Values() {}

    public static <K, V, W> Operator<KeyedStream<K, V>, KeyedStream<K, W>> map(
            Mapper<? super V, ? extends W> mapper) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        return Operator.named(
                "mapValue", up -> up.transform("transform", new MapValueKernel<K, V, W>(mapper)));
    }

    public static <K, V, W> Operator<KeyedStream<K, V>, KeyedStream<K, W>> flatMap(
            Mapper<? super V, ? extends Iterable<? extends W>> mapper) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        return Operator.named(
                "flatMapValue",
                up -> up.transform("transform", new FlatMapValueKernel<K, V, W>(mapper)));
    }

    public static <K, V> Operator<KeyedStream<K, V>, KeyedStream<K, V>> filter(
            Predicate<? super V> keep) {
        Objects.requireNonNull(keep, "keep must not be null");
        return Operator.named(
                "filterValue", up -> up.transform("transform", new FilterValueKernel<K, V>(keep)));
    }

    public static <K, V, W> Operator<KeyedStream<K, V>, KeyedStream<K, W>> filterMap(
            Mapper<? super V, ? extends @Nullable W> mapper) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        return Operator.named(
                "filterMapValue",
                up -> up.transform("transform", new FilterMapValueKernel<K, V, W>(mapper)));
    }
}

/** Passes on what the function returns. */
final class MapValueKernel<K, V, W> implements KeyedKernel<K, V, W>, OneForEach, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Mapper<? super V, ? extends W> mapper;

    MapValueKernel(Mapper<? super V, ? extends W> mapper) {
        this.mapper = mapper;
    }

    @Override
    public void onItem(K key, V value, KeyedOutputs<K, ? super W> out) throws Exception {
        out.emit(key, mapper.map(value));
    }

    @Override
    public List<Serializable> code() {
        return List.of(mapper);
    }
}

/** Passes on each element of what the function returns. */
final class FlatMapValueKernel<K, V, W> implements KeyedKernel<K, V, W>, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Mapper<? super V, ? extends Iterable<? extends W>> mapper;

    FlatMapValueKernel(Mapper<? super V, ? extends Iterable<? extends W>> mapper) {
        this.mapper = mapper;
    }

    @Override
    public void onItem(K key, V value, KeyedOutputs<K, ? super W> out) throws Exception {
        for (W result : mapper.map(value)) {
            out.emit(key, result);
        }
    }

    @Override
    public List<Serializable> code() {
        return List.of(mapper);
    }
}

/** Passes a value on if the predicate accepts it. */
final class FilterValueKernel<K, V> implements KeyedKernel<K, V, V>, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Predicate<? super V> keep;

    FilterValueKernel(Predicate<? super V> keep) {
        this.keep = keep;
    }

    @Override
    public void onItem(K key, V value, KeyedOutputs<K, ? super V> out) throws Exception {
        if (keep.test(value)) {
            out.emit(key, value);
        }
    }

    @Override
    public List<Serializable> code() {
        return List.of(keep);
    }
}

/** Passes on what the function returns, unless it is null. */
final class FilterMapValueKernel<K, V, W> implements KeyedKernel<K, V, W>, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Mapper<? super V, ? extends @Nullable W> mapper;

    FilterMapValueKernel(Mapper<? super V, ? extends @Nullable W> mapper) {
        this.mapper = mapper;
    }

    @Override
    public void onItem(K key, V value, KeyedOutputs<K, ? super W> out) throws Exception {
        W result = mapper.map(value);
        if (result != null) {
            out.emit(key, result);
        }
    }

    @Override
    public List<Serializable> code() {
        return List.of(mapper);
    }
}
