package dev.waxwing.engine.state;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Items of one activation whose keys a link has found and which it has not taken yet. Confined to
 * the worker.
 */
final class Held {

    /*
     * The array of the items is a new one whenever it has been filled: under G1 it costs a memory fence to store an item in an
     * array that is old (docs/decisions/0013).
     */
    private static final int ITEMS = 1_024;

    private final int[] slots = new int[ITEMS];
    private @Nullable Object[] items = new @Nullable Object[ITEMS];
    private int from;
    private int to;

    /** Adds an item of the key in a slot; returns whether there is room for no other. */
    boolean add(int slot, Object item) {
        slots[to] = slot;
        items[to] = item;
        return ++to == ITEMS;
    }

    /** Whether all items have been taken. */
    boolean isEmpty() {
        return from == to;
    }

    /** The number of the first item that has not been taken. */
    int from() {
        return from;
    }

    /** The number behind that of the last item. */
    int to() {
        return to;
    }

    int slot(int number) {
        return slots[number];
    }

    Object item(int number) {
        return Objects.requireNonNull(items[number]);
    }

    /** All items have been taken. */
    void taken() {
        if (to == ITEMS) {
            items = new @Nullable Object[ITEMS];
            to = 0;
        }
        from = to;
    }
}
