package dev.waxwing.windowing;

import dev.waxwing.state.LogicContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Tells when values happened and how far time has come. Immutable; makes a logic for each key.
 *
 * <p>Ready ones are {@link StreamClock}, {@link EventClock} and {@link SystemClock}; a user's own
 * plugs in here.
 *
 * @param <V> value
 * @param <S> what a key's clock keeps over a restart
 */
public interface Clock<V, S> extends Serializable {

    /**
     * @param context may be kept
     * @param resumeState what the key's clock last gave to a snapshot, or null for a new key
     */
    ClockLogic<V, S> build(LogicContext<?> context, @Nullable S resumeState);
}
