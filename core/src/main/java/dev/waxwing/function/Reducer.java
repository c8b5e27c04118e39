package dev.waxwing.function;

import java.io.Serializable;

/**
 * Combines two values into one; must be associative, since values are combined in groups.
 *
 * @param <V> value
 */
@FunctionalInterface
public interface Reducer<V> extends Serializable {

    V reduce(V left, V right) throws Exception;
}
