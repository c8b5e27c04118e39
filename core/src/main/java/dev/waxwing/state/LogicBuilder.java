package dev.waxwing.state;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Builds the logic of one key.
 *
 * @param <K> key
 * @param <V> value
 * @param <W> emitted value
 * @param <S> state
 */
@FunctionalInterface
public interface LogicBuilder<K, V, W, S> extends Serializable {

    /**
     * @param context may be kept by the logic
     * @param resumeState the key's last snapshot, or null for a new key
     */
    StatefulLogic<V, W, S> build(LogicContext<K> context, @Nullable S resumeState) throws Exception;
}
