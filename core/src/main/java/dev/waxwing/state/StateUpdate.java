package dev.waxwing.state;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link dev.waxwing.state.StateMapper} returns: the key's next state, or none, and an
 * output.
 *
 * @param state what the next value of the key meets; null to discard the key's state
 * @param output what is emitted under the key; must not change from then on, so it is a copy of a
 *     mutable state
 * @param <S> state
 * @param <W> output
 */
public record StateUpdate<S, W>(@Nullable S state, W output) {

    public StateUpdate {
        Objects.requireNonNull(output, "output must not be null");
    }

    /** Keeps {@code state} for the key. */
    public static <S, W> StateUpdate<S, W> keep(S state, W output) {
        return new StateUpdate<>(
                Objects.requireNonNull(state, "state must not be null; use discard"), output);
    }

    /** Discards the key's state. */
    public static <S, W> StateUpdate<S, W> discard(W output) {
        return new StateUpdate<>(null, output);
    }
}
