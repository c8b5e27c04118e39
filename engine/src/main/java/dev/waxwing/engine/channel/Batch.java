package dev.waxwing.engine.channel;

import org.jspecify.annotations.Nullable;

/** Items handed over together: keys and values side by side; no keys in a stream without. */
public final class Batch {

    final @Nullable Object[] keys;
    final Object[] values;
    final int lane;
    int size;

    Batch(int capacity, int lane) {
        this.lane = lane;
        keys = new Object[capacity];
        values = new Object[capacity];
    }

    /** The lane that all items are of, if the edge tells lanes. */
    public int lane() {
        return lane;
    }

    public int size() {
        return size;
    }

    public @Nullable Object key(int index) {
        return keys[index];
    }

    public Object value(int index) {
        return values[index];
    }
}
