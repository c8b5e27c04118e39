package dev.waxwing.engine.jit;

import dev.waxwing.engine.worker.PartitionReader;
import dev.waxwing.engine.worker.SourceDriver;
import dev.waxwing.engine.worker.SourceStage;
import dev.waxwing.internal.ClassConstant;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourcePartition;
import dev.waxwing.source.SourceStatus;
import java.lang.invoke.MethodHandles;
import java.time.Instant;
import java.util.Objects;

/** Reads a partition into a head that is a constant of the class; used in copies only. */
public final class ConstantSourceDriver implements SourceDriver {

    @SuppressWarnings("unchecked")
    private static final SourceEmitter<Object> HEAD =
            Objects.requireNonNull(ClassConstant.of(MethodHandles.lookup(), SourceEmitter.class));

    public ConstantSourceDriver() {}

    @Override
    public void drive(PartitionReader reader, SourceStage stage) throws Exception {
        SourcePartition<Object> partition = reader.partition();
        SourceStatus status;
        Instant awake;
        do {
            status = partition.nextBatch(HEAD);
            if (status != SourceStatus.OPEN) {
                break;
            }
            try {
                awake = partition.nextAwake();
            } catch (Throwable thrown) {
                throw stage.awakeFailed(reader, thrown);
            }
        } while (stage.goesOn(reader, awake));
        reader.answered(Objects.requireNonNull(status, "nextBatch returned null"));
    }
}
