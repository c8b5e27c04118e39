package dev.waxwing.function;

import java.io.Serializable;

/**
 * Makes a new value at each call.
 *
 * @param <T> what is made
 */
@FunctionalInterface
public interface Supplier<T> extends Serializable {

    T get() throws Exception;
}
