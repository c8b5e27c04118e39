package dev.waxwing.embedded.worker;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourcePartition;
import dev.waxwing.source.SourceStatus;

/** Lets a partition read into a chain. */
@FunctionalInterface
public interface SourceDriver {

    SourceStatus drive(SourcePartition<Object> partition, SourceEmitter<Object> head)
            throws Exception;
}
