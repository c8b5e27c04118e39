package dev.waxwing.files;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;

/** The part of a worker that has nothing to read. */
final class EmptyPartition implements StatelessSourcePartition<String> {

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super String> out) {
        return SourceStatus.ENDED;
    }

    @Override
    public void close() {}
}
