package dev.waxwing.function;

import java.io.Serializable;

/**
 * Turns a key and a value into something.
 *
 * @param <K> key
 * @param <V> value
 * @param <R> result
 */
@FunctionalInterface
public interface BiMapper<K, V, R> extends Serializable {

    R map(K key, V value) throws Exception;
}
