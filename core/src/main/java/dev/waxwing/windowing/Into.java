package dev.waxwing.windowing;

import dev.waxwing.function.Folder;
import dev.waxwing.function.Mapper;
import dev.waxwing.function.Reducer;
import dev.waxwing.function.Supplier;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the values of a window are collected into.
 *
 * @param initial makes an empty container
 * @param adder adds a value, to the container itself
 * @param merger adds the content of the second container to the first, which it returns
 * @param <V> value
 * @param <C> container
 */
public record Into<V, C>(Supplier<C> initial, Folder<C, V> adder, Reducer<C> merger)
        implements Serializable {

    public Into {
        Objects.requireNonNull(initial, "initial must not be null");
        Objects.requireNonNull(adder, "adder must not be null");
        Objects.requireNonNull(merger, "merger must not be null");
    }

    /** A list, in the order in which the window takes its values. */
    public static <V> Into<V, List<V>> list() {
        return new Into<>(
                ArrayList::new,
                (list, value) -> {
                    list.add(value);
                    return list;
                },
                (list, other) -> {
                    list.addAll(other);
                    return list;
                });
    }

    /** A set, in the order in which its elements were first seen. */
    public static <V> Into<V, Set<V>> set() {
        return new Into<>(
                LinkedHashSet::new,
                (set, value) -> {
                    set.add(value);
                    return set;
                },
                (set, other) -> {
                    set.addAll(other);
                    return set;
                });
    }

    /** A map, in which later values replace earlier ones of the same name. */
    public static <V, N, X> Into<V, Map<N, X>> map(
            Mapper<? super V, ? extends N> name, Mapper<? super V, ? extends X> content) {
        Objects.requireNonNull(name, "name must not be null");
        Objects.requireNonNull(content, "content must not be null");
        return new Into<>(
                LinkedHashMap::new,
                (map, value) -> {
                    map.put(
                            Objects.requireNonNull(name.map(value), "name must not return null"),
                            Objects.requireNonNull(
                                    content.map(value), "content must not return null"));
                    return map;
                },
                (map, other) -> {
                    map.putAll(other);
                    return map;
                });
    }
}
