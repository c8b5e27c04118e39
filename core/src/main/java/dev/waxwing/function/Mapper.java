package dev.waxwing.function;

import java.io.Serializable;

/**
 * Turns one item into another.
 *
 * @param <T> item
 * @param <R> result
 */
@FunctionalInterface
public interface Mapper<T, R> extends Serializable {

    R map(T item) throws Exception;
}
