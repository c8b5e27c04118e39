package dev.waxwing.source;

import dev.waxwing.function.Supplier;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Batches of what a getter has ready. */
final class ReadyBatches<T> implements Batches<T> {

    private final Supplier<? extends @Nullable T> getter;
    private final int size;
    private boolean ended;

    ReadyBatches(Supplier<? extends @Nullable T> getter, int size) {
        this.getter = getter;
        this.size = size;
    }

    @Override
    public @Nullable List<T> next() throws Exception {
        if (ended) {
            return null;
        }
        List<T> batch = new ArrayList<>();
        try {
            while (batch.size() < size) {
                T item = getter.get();
                if (item == null) {
                    return batch;
                }
                batch.add(item);
            }
        } catch (NoSuchElementException end) {
            ended = true;
            return batch.isEmpty() ? null : batch;
        }
        return batch;
    }
}
