package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.function.BiMapper;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.plan.core.OneForEach;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/** Makes one item of each key and value. */
public final class MapEntry {

    private MapEntry() {}

    public static <K, V, R> Operator<KeyedStream<K, V>, Stream<R>> by(
            BiMapper<? super K, ? super V, ? extends R> mapper) {
        Objects.requireNonNull(mapper, "mapper must not be null");
        return Operator.named(
                "map",
                up ->
                        up.transform("transform", new MapEntryKernel<K, V, R>(mapper))
                                .dropKey("dropKey"));
    }
}

/** Passes on what the function makes of key and value. */
final class MapEntryKernel<K, V, R> implements KeyedKernel<K, V, R>, OneForEach, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final BiMapper<? super K, ? super V, ? extends R> mapper;

    MapEntryKernel(BiMapper<? super K, ? super V, ? extends R> mapper) {
        this.mapper = mapper;
    }

    @Override
    public void onItem(K key, V value, KeyedOutputs<K, ? super R> out) throws Exception {
        out.emit(key, mapper.map(key, value));
    }

    @Override
    public List<Serializable> code() {
        return List.of(mapper);
    }
}
