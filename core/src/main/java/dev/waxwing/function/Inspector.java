package dev.waxwing.function;

import java.io.Serializable;

/**
 * Looks at an item that passes by; must not change it.
 *
 * @param <T> item
 */
@FunctionalInterface
public interface Inspector<T> extends Serializable {

    void inspect(String stepId, T item) throws Exception;
}
