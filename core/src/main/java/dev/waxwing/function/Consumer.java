package dev.waxwing.function;

import java.io.Serializable;

/**
 * Does something with an item, which it must not change.
 *
 * @param <T> item
 */
@FunctionalInterface
public interface Consumer<T> extends Serializable {

    void accept(T item) throws Exception;

    /**
     * Does something with a key and a value, which it must not change.
     *
     * @param <K> key
     * @param <V> value
     */
    @FunctionalInterface
    interface OfPair<K, V> extends Serializable {

        void accept(K key, V value) throws Exception;
    }
}
