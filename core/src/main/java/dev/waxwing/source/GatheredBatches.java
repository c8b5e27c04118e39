package dev.waxwing.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batches that are gathered item by item. If that fails, the items before are a batch, and the
 * failure comes with the next call.
 */
abstract class GatheredBatches<T> implements Batches<T> {

    private final int size;
    private @Nullable Exception failure;
    private boolean ended;

    GatheredBatches(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be 1 or more, but was " + size);
        }
        this.size = size;
    }

    /**
     * Adds items until the batch has {@code count} or none is ready.
     *
     * @return whether there may be more, now or later
     */
    abstract boolean gather(List<T> batch, int count) throws Exception;

    @Override
    public final @Nullable List<T> next() throws Exception {
        Exception before = failure;
        if (before != null) {
            failure = null;
            throw before;
        }
        if (ended) {
            return null;
        }
        List<T> batch = new ArrayList<>();
        try {
            ended = !gather(batch, size);
        } catch (Exception e) {
            if (batch.isEmpty()) {
                throw e;
            }
            failure = e;
        }
        return batch.isEmpty() && ended ? null : batch;
    }
}
