package dev.waxwing.source;

import java.util.Iterator;
import java.util.List;

/** Batches of an iterator. */
final class CutBatches<T> extends GatheredBatches<T> {

    private final Iterator<? extends T> items;

    CutBatches(Iterator<? extends T> items, int size) {
        super(size);
        this.items = items;
    }

    @Override
    boolean gather(List<T> batch, int count) {
        while (batch.size() < count) {
            if (!items.hasNext()) {
                return false;
            }
            batch.add(items.next());
        }
        return true;
    }
}
