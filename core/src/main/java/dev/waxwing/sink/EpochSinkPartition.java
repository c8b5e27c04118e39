package dev.waxwing.sink;

import org.jspecify.annotations.Nullable;

/**
 * An open part of an {@link EpochSink}: one of three kinds, by compiler rule.
 *
 * <p>Used off the workers, so that every method may block; one call at a time, but not always on
 * the same thread. {@link #close} interrupts a call that blocks.
 *
 * @param <X> item
 */
public sealed interface EpochSinkPartition<X> extends AutoCloseable
        permits IdempotentPartition, TransactionalPartition, TwoPhasePartition {

    /**
     * Tells what the target holds and takes it over, in one transaction of the target, so that
     * earlier executions can commit no more. Called before anything is read, and again whenever it
     * is not known whether a commit has succeeded.
     *
     * <p>Every implementation has this form, and stores markers by dataflow, step and partition of
     * the owner:
     *
     * <pre>{@code
     * Marker found = read();                    // locked until the transaction ends; null if none
     * write(owner.takeOver(found));
     * return found;
     * }</pre>
     *
     * @return the marker as it was before, null if there was none
     * @throws FencedException if {@link Owner#takeOver} threw it; nothing may be changed then
     */
    @Nullable Marker claim(Owner owner) throws Exception;

    /** Releases what the partition holds; exactly once, however the execution ends. */
    @Override
    default void close() throws Exception {}
}
