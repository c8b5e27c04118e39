package dev.waxwing.sink;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition that stages what it writes where no reader looks, and makes it visible when the epoch
 * is decided: files that are renamed, uploads that are completed.
 *
 * <p>At start: {@link #claim}, {@link #abortBeyond}, {@link #commit} of what is decided and not
 * done. Then for each epoch {@link #writeBatch} any number of times, {@link #prepare}, and, at any
 * time after, {@link #commit}.
 *
 * @param <X> item
 * @param <C> names something that was staged, with all that {@link #commit} needs; immutable, of a
 *     type that the state codec can handle
 */
public non-sealed interface TwoPhasePartition<X, C> extends EpochSinkPartition<X> {

    /** Most such targets have no marker: what is staged is known by its name. */
    @Override
    default @Nullable Marker claim(Owner owner) throws Exception {
        return null;
    }

    /**
     * Writes items in order to where no reader looks; the list is valid during the call only.
     *
     * @throws FencedException if another execution has claimed the partition, as far as that is
     *     seen; the execution stops, whatever the step's failure policy
     */
    void writeBatch(List<X> items) throws Exception;

    /**
     * Makes all that was written since the last call durable, still unseen. Called at the end of
     * each epoch in which something was written; nothing of the epoch comes after it.
     *
     * @return what to commit when the epoch is decided, in this order; may be empty
     * @throws FencedException as {@link #writeBatch}
     */
    List<C> prepare(long epoch) throws Exception;

    /**
     * Makes something visible that was prepared in a decided epoch; in the order of epochs, and
     * again after a crash if it is not known to have succeeded.
     *
     * @throws FencedException if another execution has claimed the partition
     */
    Outcome commit(C committable) throws Exception;

    /**
     * Removes what earlier executions have staged for epochs after this one, which were never
     * decided; what was staged up to it must stay.
     */
    void abortBeyond(long epoch) throws Exception;
}
