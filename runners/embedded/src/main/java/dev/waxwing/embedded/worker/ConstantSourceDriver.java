package dev.waxwing.embedded.worker;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourcePartition;
import dev.waxwing.source.SourceStatus;
import java.lang.invoke.MethodHandles;

/** Reads a partition into a head that is a constant of the class; used in copies only. */
public final class ConstantSourceDriver implements SourceDriver {

    private static final SourceEmitter<Object> HEAD = head();

    public ConstantSourceDriver() {}

    @Override
    public void drive(PartitionReader reader, SourceStage stage) throws Exception {
        SourcePartition<Object> partition = reader.partition;
        SourceStatus status;
        do {
            status = partition.nextBatch(HEAD);
        } while (status == SourceStatus.OPEN && stage.goesOn(reader, partition.nextAwake()));
        reader.ended = status == SourceStatus.ENDED;
    }

    @SuppressWarnings("unchecked")
    private static SourceEmitter<Object> head() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), "_", SourceEmitter.class);
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
