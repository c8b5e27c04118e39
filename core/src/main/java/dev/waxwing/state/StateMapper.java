package dev.waxwing.state;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Turns the state of a key and a value into the next state and an output.
 *
 * @param <S> state
 * @param <V> value
 * @param <W> output
 */
@FunctionalInterface
public interface StateMapper<S, V, W> extends Serializable {

    StateUpdate<S, ? extends W> map(@Nullable S state, V value) throws Exception;
}
