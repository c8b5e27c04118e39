package dev.waxwing.files;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;

/**
 * The part of a worker that has nothing to read.
 *
 * @param <T> item
 */
final class EmptyPartition<T> implements StatelessSourcePartition<T> {

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) {
        return SourceStatus.ENDED;
    }

    @Override
    public void close() {}
}
