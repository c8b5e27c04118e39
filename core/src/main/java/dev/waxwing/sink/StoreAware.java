package dev.waxwing.sink;

import org.jspecify.annotations.Nullable;

/**
 * A {@link FixedPartitionedSink} that wants to know which recovery store keeps its positions: to
 * tell what an execution of this store has left from what others have written, and to keep out one
 * that hung while another has taken over. Without a store, the sink's own {@link
 * FixedPartitionedSink#buildPart} is called instead.
 *
 * @param <X> item
 * @param <S> position of a partition
 */
public interface StoreAware<X, S> {

    /** As {@link FixedPartitionedSink#buildPart}. */
    StatefulSinkPartition<X, S> buildPart(
            String stepId, String forPart, @Nullable S resumeState, StoreFence store)
            throws Exception;

    /**
     * Checks what can be known of a partition before anything of any sink is claimed, swept or
     * opened, so that a start that is refused leaves all as it was: that no other execution writes
     * to it, and that it is fit for what {@link #buildPart} will be asked. Changes nothing.
     *
     * @param resumeState as it will be given to {@code buildPart}
     * @throws FencedException if the partition belongs to another execution
     */
    default void check(String forPart, @Nullable S resumeState, StoreFence store)
            throws Exception {}
}
