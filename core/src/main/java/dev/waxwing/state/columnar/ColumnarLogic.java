package dev.waxwing.state.columnar;

import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.StatefulLogic;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The logic of many keys at once, which does what a {@link StatefulLogic} for each of them would
 * do. What is kept of a key lies in arrays, at the number that the runner has given to the key: its
 * slot. So a key needs no object, and what an item looks at is near to what others do.
 *
 * <p>For steps that follow the watermark and have no other timers. Confined to one thread, as a
 * {@link StatefulLogic} is. What a method emits goes out under the key whose slot it was called
 * with.
 *
 * <p>{@link #onItem} and {@link #restore} may be called with the slot of a key of which nothing is
 * kept; the other methods are called with slots that {@link #isInUse are in use}.
 *
 * @param <V> value
 * @param <W> emitted value
 * @param <S> state of a key
 */
public interface ColumnarLogic<V, W, S> {

    /** No slot. */
    int NONE = -1;

    /**
     * Slots are from 0 to {@code capacity}, exclusive, from now on; called before anything else,
     * and whenever that changes.
     *
     * @param to where the key of a slot that is in use has its slot from now on
     */
    void resize(int capacity, IntUnaryOperator to);

    /**
     * Takes a value of a key.
     *
     * @param watermarkMicros as {@link LogicContext#watermarkMicros}; never goes back
     */
    void onItem(int slot, V value, long watermarkMicros, Outputs<? super W> out) throws Exception;

    /**
     * Looks at what is kept of a key, if anything is, so that it is at hand when the key's value
     * comes. A runner may call this for some keys before their values; it must change nothing and
     * depend on nothing that takes long.
     *
     * @return any number that cannot be had without looking
     */
    int look(int slot);

    /** The least watermark with which {@link #nextDue} finds a key; Long.MAX_VALUE for never. */
    long dueAtWatermark();

    /**
     * A key that has something to do at a watermark: its slot, or {@link #NONE} if there is none
     * left. Changes nothing that is kept of a key.
     *
     * @param watermarkMicros Long.MAX_VALUE at the end of input
     */
    int nextDue(long watermarkMicros);

    /** Does one thing that the key that {@link #nextDue} has just found has to do. */
    void onDue(int slot, Outputs<? super W> out) throws Exception;

    /** What is kept of a key; null if nothing is. */
    @Nullable S snapshot(int slot);

    /** Puts a snapshot back, of a key of which nothing is kept yet. */
    void restore(int slot, S state) throws Exception;

    /** Whether anything is kept of the key of a slot. */
    boolean isInUse(int slot);

    /** Of how many keys anything is kept; other threads may ask, then it may lag. */
    int size();
}
