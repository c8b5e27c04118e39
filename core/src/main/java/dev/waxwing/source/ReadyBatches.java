package dev.waxwing.source;

import dev.waxwing.function.Supplier;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Batches of what a getter has ready. */
final class ReadyBatches<T> extends GatheredBatches<T> {

    private final Supplier<? extends @Nullable T> getter;

    ReadyBatches(Supplier<? extends @Nullable T> getter, int size) {
        super(size);
        this.getter = getter;
    }

    @Override
    boolean gather(List<T> batch, int count) throws Exception {
        try {
            while (batch.size() < count) {
                T item = getter.get();
                if (item == null) {
                    return true;
                }
                batch.add(item);
            }
        } catch (NoSuchElementException end) {
            return false;
        }
        return true;
    }
}
