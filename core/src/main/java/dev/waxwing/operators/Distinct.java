package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.function.Mapper;
import dev.waxwing.function.TypeRef;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.step.StateOptions;
import java.util.Map;
import java.util.Objects;

/** Keeps the first value of each key. */
public final class Distinct {

    private static final String NAME = "distinct";

    private static final TypeRef<?> STATE_TYPE = TypeRef.of(Boolean.class);

    private Distinct() {}

    public static <K, V> Operator<KeyedStream<K, V>, KeyedStream<K, V>> keys() {
        return StatefulMaps.<K, V, V, Boolean>stateful(NAME, builder(), STATE_TYPE);
    }

    public static <K, V> Operator<KeyedStream<K, V>, KeyedStream<K, V>> keys(StateOptions options) {
        Objects.requireNonNull(options, "options must not be null");
        return StatefulMaps.<K, V, V, Boolean>expiring(
                NAME, builder(), STATE_TYPE, options, Map.of());
    }

    public static <T, K> Operator<Stream<T>, Stream<T>> by(Mapper<? super T, ? extends K> key) {
        return by(key, Distinct.<K, T>keys());
    }

    public static <T, K> Operator<Stream<T>, Stream<T>> by(
            Mapper<? super T, ? extends K> key, StateOptions options) {
        return by(key, Distinct.<K, T>keys(options));
    }

    private static <T, K> Operator<Stream<T>, Stream<T>> by(
            Mapper<? super T, ? extends K> key,
            Operator<KeyedStream<K, T>, KeyedStream<K, T>> first) {
        Objects.requireNonNull(key, "key must not be null");
        return Operator.named(NAME, up -> first.apply(up.<K>keyOn("key", key)).dropKey("drop-key"));
    }

    private static <K, V> StatefulLogic.Builder<K, V, V, Boolean> builder() {
        return (context, state) -> new DistinctLogic<>(state != null);
    }
}

/** Passes the first value on. */
final class DistinctLogic<V> implements StatefulLogic<V, V, Boolean> {

    private boolean met;

    DistinctLogic(boolean met) {
        this.met = met;
    }

    @Override
    public Retain onItem(V value, Outputs<? super V> out) {
        if (!met) {
            met = true;
            out.emit(value);
        }
        return Retain.KEEP;
    }

    @Override
    public Boolean snapshot() {
        return met;
    }
}
