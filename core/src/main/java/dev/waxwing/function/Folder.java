package dev.waxwing.function;

import java.io.Serializable;

/**
 * Adds a value to what has been folded so far and returns the new result.
 *
 * @param <S> what values are folded into
 * @param <V> value
 */
@FunctionalInterface
public interface Folder<S, V> extends Serializable {

    S fold(S folded, V value) throws Exception;
}
