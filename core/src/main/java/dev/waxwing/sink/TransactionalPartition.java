package dev.waxwing.sink;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition whose target has transactions of its own: rows and marker are written in one, so that
 * each epoch is visible as a whole, exactly once. The target needs a place for a marker for each
 * dataflow, step and partition.
 *
 * @param <X> item
 */
public non-sealed interface TransactionalPartition<X> extends EpochSinkPartition<X> {

    @Override
    @Nullable Marker claim(Owner owner) throws Exception;

    /**
     * Writes the rows of a decided epoch and {@link Commit#marker}, in one transaction of the
     * target. Epochs come in ascending order; those without rows are left out.
     *
     * <p>If this throws, it is not taken to have failed: the runner calls {@link #claim} to learn
     * what the target has, and calls this again if it has not.
     *
     * @param rows in order, read from the disk piece by piece: walk through them, by iterator or by
     *     index, rather than copying them; valid during the call only. All are to be read: a return
     *     before that stops the execution, as rows would be missing
     * @throws FencedException if the target's marker is not the owner's any more; {@link
     *     Commit#check} throws it
     * @throws RejectedItemsException if rows can never be written; nothing may have been written
     *     then. It is called again without them, when that they are left out is on the disk
     */
    void apply(Commit commit, List<X> rows) throws Exception;
}
