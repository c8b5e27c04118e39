package dev.waxwing.function;

import java.io.Serializable;

/**
 * Says yes or no to an item.
 *
 * @param <T> item
 */
@FunctionalInterface
public interface Predicate<T> extends Serializable {

    boolean test(T item) throws Exception;
}
