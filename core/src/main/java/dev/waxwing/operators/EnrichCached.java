package dev.waxwing.operators;

import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.function.BiMapper;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Mapper;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.step.CacheOptions;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives a function a cache to enrich items from. */
public final class EnrichCached {

    private EnrichCached() {}

    public static <T, K, V, U> Operator<Stream<T>, Stream<U>> of(
            Mapper<? super K, ? extends V> getter,
            BiMapper<Stream.Cache<K, V>, ? super T, ? extends U> mapper,
            CacheOptions options) {
        Objects.requireNonNull(getter, "getter must not be null");
        Objects.requireNonNull(mapper, "mapper must not be null");
        Objects.requireNonNull(options, "options must not be null");
        return Operator.named(
                "enrichCached",
                up ->
                        up.transform(
                                "transform",
                                new EnrichCachedKernel<T, K, V, U>(getter, mapper, options)));
    }

    public static <K, V, C, X, W> Operator<KeyedStream<K, V>, KeyedStream<K, W>> ofKeyed(
            Mapper<? super C, ? extends X> getter,
            BiMapper<Stream.Cache<C, X>, ? super Keyed<K, V>, ? extends W> mapper,
            CacheOptions options) {
        Objects.requireNonNull(getter, "getter must not be null");
        Objects.requireNonNull(mapper, "mapper must not be null");
        Objects.requireNonNull(options, "options must not be null");
        return Operator.named(
                "enrichCached",
                up ->
                        up.transform(
                                "transform",
                                new EnrichKeyedKernel<K, V, C, X, W>(getter, mapper, options)));
    }
}

/** Calls the function with this worker's cache. */
final class EnrichCachedKernel<T, K, V, U> implements Kernel<T, U>, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Mapper<? super K, ? extends V> getter;
    private final BiMapper<Stream.Cache<K, V>, ? super T, ? extends U> mapper;
    private final CacheOptions options;
    private transient Stream.@Nullable Cache<K, V> cache;

    EnrichCachedKernel(
            Mapper<? super K, ? extends V> getter,
            BiMapper<Stream.Cache<K, V>, ? super T, ? extends U> mapper,
            CacheOptions options) {
        this.getter = getter;
        this.mapper = mapper;
        this.options = options;
    }

    @Override
    public void open(StepContext context) {
        cache = new LeastRecentCache<>(getter, options, context);
    }

    @Override
    public void onItem(T item, Outputs<? super U> out) throws Exception {
        Stream.Cache<K, V> opened =
                Objects.requireNonNull(cache, "open is called before the first item");
        out.emit(mapper.map(opened, item));
    }

    @Override
    public List<Serializable> code() {
        return List.of(getter, mapper);
    }
}

/** Calls the function with this worker's cache, and key and value. */
final class EnrichKeyedKernel<K, V, C, X, W> implements KeyedKernel<K, V, W>, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Mapper<? super C, ? extends X> getter;
    private final BiMapper<Stream.Cache<C, X>, ? super Keyed<K, V>, ? extends W> mapper;
    private final CacheOptions options;
    private transient Stream.@Nullable Cache<C, X> cache;

    EnrichKeyedKernel(
            Mapper<? super C, ? extends X> getter,
            BiMapper<Stream.Cache<C, X>, ? super Keyed<K, V>, ? extends W> mapper,
            CacheOptions options) {
        this.getter = getter;
        this.mapper = mapper;
        this.options = options;
    }

    @Override
    public void open(StepContext context) {
        cache = new LeastRecentCache<>(getter, options, context);
    }

    @Override
    public void onItem(K key, V value, KeyedOutputs<K, ? super W> out) throws Exception {
        Stream.Cache<C, X> opened =
                Objects.requireNonNull(cache, "open is called before the first item");
        out.emit(key, mapper.map(opened, new Keyed<>(key, value)));
    }

    @Override
    public List<Serializable> code() {
        return List.of(getter, mapper);
    }
}
