package dev.waxwing.sink;

/**
 * The markers that earlier executions of a recovery store may have left, as far as the store knows:
 * tells them from those of executions over a copy of it.
 *
 * <p>Called on the threads of partitions, also several at a time.
 */
@FunctionalInterface
public interface KnownMarkers {

    /**
     * Whether the store has recorded that an execution of the marker's generation and owner began,
     * and an epoch as new as the marker's.
     *
     * @param found of the store's lineage, and of an earlier generation than the execution's that
     *     asks
     */
    boolean include(Marker found);
}
