package dev.waxwing.state;

import dev.waxwing.kernel.Outputs;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As {@link StatefulLogic}, but takes the values of a key that are available for now together.
 *
 * @param <V> value
 * @param <W> emitted value
 * @param <S> state, of a type that the state codec can handle
 */
public interface StatefulBatchLogic<V, W, S> {

    /**
     * Takes all values of the key that are available for now, in arrival order, at least one, never
     * of two epochs. The list is the callee's to keep.
     */
    Retain onBatch(List<V> values, Outputs<? super W> out) throws Exception;

    /** As {@link StatefulLogic#onNotify}. */
    default Retain onNotify(Outputs<? super W> out) throws Exception {
        return Retain.KEEP;
    }

    /** As {@link StatefulLogic#onEndOfInput}. */
    default Retain onEndOfInput(Outputs<? super W> out) throws Exception {
        return Retain.KEEP;
    }

    /** As {@link StatefulLogic#notifyAt}. */
    default @Nullable Instant notifyAt() {
        return null;
    }

    /** As {@link StatefulLogic#snapshot}. */
    S snapshot();

    /**
     * Builds the batch logic of one key.
     *
     * @param <K> key
     * @param <V> value
     * @param <W> emitted value
     * @param <S> state
     */
    @FunctionalInterface
    interface Builder<K, V, W, S> extends Serializable {

        /**
         * @param context may be kept by the logic
         * @param resumeState the key's last snapshot, or null for a new key
         */
        StatefulBatchLogic<V, W, S> build(LogicContext<K> context, @Nullable S resumeState)
                throws Exception;
    }
}
