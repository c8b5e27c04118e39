package dev.waxwing.sink;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FixedPartitionedSink} that wants to know which recovery store keeps its positions, to
 * tell what an execution of this store has left from what others have written. Without a store, the
 * sink's own {@link FixedPartitionedSink#buildPart} is called instead.
 *
 * @param <X> item
 * @param <S> position of a partition
 */
public interface LineageAware<X, S> {

    /**
     * As {@link FixedPartitionedSink#buildPart}.
     *
     * @param lineage of the store: made with it, so that a new store has another
     */
    StatefulSinkPartition<X, S> buildPart(
            String stepId, String forPart, @Nullable S resumeState, UUID lineage) throws Exception;
}
