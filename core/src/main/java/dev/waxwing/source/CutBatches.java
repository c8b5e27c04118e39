package dev.waxwing.source;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches of an iterator. */
final class CutBatches<T> implements Batches<T> {

    private final Iterator<? extends T> items;
    private final int size;

    CutBatches(Iterator<? extends T> items, int size) {
        this.items = items;
        this.size = size;
    }

    static int checked(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be 1 or more, but was " + size);
        }
        return size;
    }

    @Override
    public @Nullable List<T> next() {
        if (!items.hasNext()) {
            return null;
        }
        List<T> batch = new ArrayList<>();
        while (batch.size() < size && items.hasNext()) {
            batch.add(items.next());
        }
        return batch;
    }
}
