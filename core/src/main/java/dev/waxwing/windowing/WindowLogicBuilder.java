package dev.waxwing.windowing;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Builds the logic of one window.
 *
 * @param <V> value
 * @param <R> result
 * @param <S> state
 */
@FunctionalInterface
public interface WindowLogicBuilder<V, R, S> extends Serializable {

    /**
     * @param resumeState the window's last snapshot, or null for a new window
     */
    WindowLogic<V, R, S> build(@Nullable S resumeState) throws Exception;
}
