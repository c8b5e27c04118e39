package dev.waxwing.sink;

import java.util.UUID;
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

    /**
     * The recovery store of an execution, as a sink knows it, that keeps out executions that were
     * taken over. Thread-safe.
     *
     * <p>An execution may hang in the middle of anything, and wake up when another has taken the
     * store over and writes to the same target. A target without a marker is safe if each of the
     * two does its part. The older one opens what it writes to, and then calls {@link #check}. The
     * newer one does not write to what an execution up to {@link #takenOverGeneration} may have
     * opened: it puts another, such as a copy of the file, in the place of it.
     *
     * <p>Executions over copies of a store know nothing of each other, so that {@link #check} finds
     * nothing. A target is safe from them if each notes its {@link #token} there before it writes,
     * does not go on after one that {@link #hadExecution} does not know, and looks whether it is
     * still the last before what it wrote is decided.
     */
    interface StoreFence {

        /** Made with the store and never changed: a new store has another. */
        UUID lineage();

        /** Of this execution: larger than that of every earlier one. */
        long generation();

        /**
         * Of this execution: made at random, and recorded in the store before anything is opened.
         */
        UUID token();

        /**
         * Whether an earlier execution of the store had a generation and a token. Of one that ran
         * over a copy of the store, nothing is known: what that has written must not be cut or
         * overwritten.
         */
        boolean hadExecution(long generation, UUID token);

        /** Whether the user has said to take over whatever is found. */
        boolean adopts();

        /**
         * The newest generation from which a later one has taken the store over while it could not
         * be stopped, 0 if there is none. It, or one before it that was taken over, may still be
         * writing.
         */
        long takenOverGeneration();

        /**
         * Checks that no later execution has taken the store over. If none has, what was opened
         * before was not put there by a later one. Reads from the disk.
         *
         * @throws FencedException if one has; nothing may be written then
         */
        void check() throws FencedException;
    }
}
