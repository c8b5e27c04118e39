package dev.waxwing.operators;

import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One window of all keys: an aggregate a slot.
 *
 * @param <A> aggregate
 */
final class WindowColumn<A> {

    /* A bit a slot tells where aggregates are, so that a window of few keys among many is emptied fast. */
    private @Nullable Object[] aggregates = {};
    private long[] filled = {};
    private int firstFilled;
    private int size;

    /** As {@link dev.waxwing.state.columnar.ColumnarLogic#resize}. */
    void resize(int capacity, IntUnaryOperator to) {
        WindowColumn<A> moved = new WindowColumn<>();
        moved.aggregates = new @Nullable Object[capacity];
        moved.filled = new long[(capacity + Long.SIZE - 1) / Long.SIZE];
        while (!isEmpty()) {
            int slot = any();
            moved.add(to.applyAsInt(slot), remove(slot));
        }
        aggregates = moved.aggregates;
        filled = moved.filled;
        firstFilled = 0;
        size = moved.size;
    }

    /** The aggregate of a slot, or null. */
    @SuppressWarnings("unchecked") // only aggregates are put in
    @Nullable A get(int slot) {
        return (A) aggregates[slot];
    }

    /** Puts another aggregate in the place of one that is there. */
    void replace(int slot, A aggregate) {
        aggregates[slot] = aggregate;
    }

    /** Puts the aggregate of a slot in place that has none. */
    void add(int slot, A aggregate) {
        aggregates[slot] = aggregate;
        filled[slot >>> 6] |= 1L << slot;
        size++;
    }

    /** A slot that has an aggregate; one has to. */
    int any() {
        while (filled[firstFilled] == 0) {
            firstFilled = firstFilled == filled.length - 1 ? 0 : firstFilled + 1;
        }
        return firstFilled * Long.SIZE + Long.numberOfTrailingZeros(filled[firstFilled]);
    }

    /** Takes the aggregate of a slot out, which has to be there. */
    A remove(int slot) {
        A aggregate = Objects.requireNonNull(get(slot));
        aggregates[slot] = null;
        filled[slot >>> 6] &= ~(1L << slot);
        size--;
        return aggregate;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
