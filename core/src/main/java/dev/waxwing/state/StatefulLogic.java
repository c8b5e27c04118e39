package dev.waxwing.state;

import dev.waxwing.kernel.Outputs;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a stateful step does for one key, and that key's state.
 *
 * <p>One instance a key, built when the key's first value comes or when its state is restored, used
 * by the thread of the worker that owns the key, never by two calls at once. In one activation the
 * calls come in the order {@link #onItem}, {@link #onActivationEnd}, {@link #onNotify}, {@link
 * #onEndOfInput}; then, if any of them was made, {@link #notifyAt}. What is emitted goes out under
 * the key. A call that throws stops the execution; nothing of the open epoch is kept.
 *
 * @param <V> value
 * @param <W> emitted value
 * @param <S> state, of a type that the state codec can handle
 */
public interface StatefulLogic<V, W, S> {

    /** Takes one value of the key, in arrival order. */
    Retain onItem(V value, Outputs<? super W> out) throws Exception;

    /** The key's values that are available for now have been taken. */
    default Retain onActivationEnd(Outputs<? super W> out) throws Exception {
        return Retain.KEEP;
    }

    /**
     * The time that {@link #notifyAt} or {@link #notifyAtWatermark} asked for has come; it fires
     * once.
     */
    default Retain onNotify(Outputs<? super W> out) throws Exception {
        return Retain.KEEP;
    }

    /**
     * The step's whole input has ended. Called exactly once, after everything else; not called when
     * an execution stops, aborts or crashes. State kept here is there when the dataflow is
     * continued.
     */
    default Retain onEndOfInput(Outputs<? super W> out) throws Exception {
        return Retain.KEEP;
    }

    /**
     * When {@link #onNotify} is to be called; asked once after each activation that touched the key
     * and after a restore; after each item, too, if the step {@linkplain
     * StatefulSpec#followingWatermark follows} the watermark. The last answer holds; null cancels.
     * A past time fires at once.
     */
    default @Nullable Instant notifyAt() {
        return null;
    }

    /** {@link #notifyAt} in milliseconds since 1970, {@link Long#MAX_VALUE} for never. */
    default long notifyAtMillis() {
        Instant at = notifyAt();
        if (at == null || at.isAfter(NotifyTimes.LAST)) {
            return Long.MAX_VALUE;
        }
        return at.isBefore(NotifyTimes.FIRST) ? Long.MIN_VALUE : at.toEpochMilli();
    }

    /**
     * The watermark of the stream, in microseconds since 1970, with which {@link #onNotify} is to
     * be called, beside {@link #notifyAt}; asked when that is. {@link Long#MAX_VALUE} for never.
     * Only if the step {@linkplain StatefulSpec#followingWatermark follows} the watermark.
     */
    default long notifyAtWatermark() {
        return Long.MAX_VALUE;
    }

    /**
     * The state to give to the builder on resume. Called at the end of each epoch that touched the
     * key, before its next touch; only with recovery on. If the state is of a mutable type it is
     * encoded before the key is touched again, so that it may be the logic's own object.
     */
    S snapshot();

    /**
     * Builds the logic of one key.
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
        StatefulLogic<V, W, S> build(LogicContext<K> context, @Nullable S resumeState)
                throws Exception;
    }
}
