package dev.waxwing.windowing;

import dev.waxwing.kernel.Emitter;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What one window of one key knows, and what it emits. Called by the worker that owns the key;
 * {@link #onValue} any number of times, {@link #onClose} once at the end. A call that throws stops
 * the execution.
 *
 * @param <V> value
 * @param <R> result
 * @param <S> state, of a type that the state codec can handle
 */
public interface WindowLogic<V, R, S> {

    /** Takes a value that is in the window; may emit. */
    void onValue(V value, Emitter<? super R> out) throws Exception;

    /**
     * Takes over what another window knows, which has become part of this one and is not used any
     * more; may emit. Only windowers that merge, as sessions do, need it.
     */
    default void onMerge(S original, Emitter<? super R> out) throws Exception {
        throw new UnsupportedOperationException(
                getClass().getName()
                        + " does not merge windows; implement onMerge to use it with a windower"
                        + " that merges, such as SessionWindower");
    }

    /**
     * Whether what {@link #onValue} and {@link #onMerge} emit stands for the whole window, so that
     * it takes the place of what the window has emitted before, as what {@link #onResult} emits
     * always does. Then it is withdrawn if the window becomes part of another; see {@link
     * WindowResult}. What a logic that says no emits there stays, whatever becomes of the window.
     */
    default boolean replacesResults() {
        return false;
    }

    /** The window's end has come and it takes no more values; emits its result. */
    void onClose(Emitter<? super R> out) throws Exception;

    /**
     * Emits the result as far as it is known; the window may go on, so what is emitted must not
     * change later. Called only if the step's {@link WindowOptions} ask for early results or allow
     * lateness; in the latter case it is called at the window's end and after each later value, in
     * place of {@link #onClose}.
     */
    default void onResult(Emitter<? super R> out) throws Exception {
        throw new UnsupportedOperationException(
                getClass().getName()
                        + " has no results before its end; implement onResult to use it with early"
                        + " results or allowed lateness");
    }

    /** State for recovery; may be the logic's own object, as with keyed state. */
    S snapshot();

    /**
     * Builds the logic of one window.
     *
     * @param <V> value
     * @param <R> result
     * @param <S> state
     */
    @FunctionalInterface
    interface Builder<V, R, S> extends Serializable {

        /**
         * @param resumeState the window's last snapshot, or null for a new window
         */
        WindowLogic<V, R, S> build(@Nullable S resumeState) throws Exception;
    }
}
