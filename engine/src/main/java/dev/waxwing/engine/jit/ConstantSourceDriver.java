package dev.waxwing.engine.jit;

import dev.waxwing.engine.link.SourceLink;
import dev.waxwing.engine.site.StepCounts;
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
import org.jspecify.annotations.Nullable;

/**
 * Reads a partition into a head that is a constant of the class; used in copies only.
 *
 * <p>Each call of the partition is given another object of the same class to emit into, as only
 * that class has the constant.
 */
public final class ConstantSourceDriver implements SourceDriver, SourceEmitter<Object> {

    private static final SourceLink.Parts PARTS =
            Objects.requireNonNull(
                    ClassConstant.of(MethodHandles.lookup(), SourceLink.Parts.class));

    /* Of the call; null if there is none, or when it has returned. */
    private @Nullable Thread thread;

    public ConstantSourceDriver() {}

    @Override
    public void drive(PartitionReader reader, SourceStage stage) throws Exception {
        SourcePartition<Object> partition = reader.partition();
        SourceStatus status;
        Instant awake;
        do {
            ConstantSourceDriver call = new ConstantSourceDriver();
            call.thread = Thread.currentThread();
            try {
                status = partition.nextBatch(call);
            } finally {
                call.thread = null;
            }
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

    /*
     * Does what SourceLink does, as one frame less is inlined, and asks when the item has gone its way, and not before: a branch at
     * which it is alive makes the compiler allocate its box (see Boxed). What is refused then has gone on, but the
     * execution fails.
     */
    @Override
    public void emit(Object item) {
        StepCounts counts = PARTS.counts();
        long emitted = counts.emitted + 1;
        counts.emitted = emitted;
        PARTS.next().emit(item);
        if (counts.emitted != emitted || thread != Thread.currentThread()) {
            throw PARTS.site().emittedOutOfTurn();
        }
    }

    @Override
    public void reject(Object raw, Exception cause) {
        if (thread != Thread.currentThread()) {
            throw PARTS.site().emittedOutOfTurn();
        }
        new SourceLink(PARTS).reject(raw, cause);
    }

    @Override
    public boolean hasRoom() {
        return PARTS.budget().allows(PARTS.counts().read());
    }
}
