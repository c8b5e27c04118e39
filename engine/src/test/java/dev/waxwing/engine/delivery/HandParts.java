package dev.waxwing.engine.delivery;

import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.codec.SchemaVerdict;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import dev.waxwing.recovery.segment.SegmentWriter;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.sink.EpochSinkPartition;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TwoPhasePartition;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TwoPhaseTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Partitions whose commits come to what a test says. */
public final class HandParts {

    private HandParts() {}

    /** Says what becomes of something that was staged. */
    @FunctionalInterface
    public interface Answer {
        Outcome to(Object staged) throws Exception;
    }

    /** The partition {@code a} of a step, whose policy allows three attempts without waiting. */
    public static DeliveryPart of(String stepId, Answer answer) {
        return of(stepId, FailurePolicy.retry(3).withBackOff(Duration.ZERO, Duration.ZERO), answer);
    }

    /** A partition of a step with dead letters that keeps texts in outboxes, in memory. */
    public static DeliveryPart withOutbox(String stepId, EpochSinkPartition<Object> partition) {
        DeliveryPart part = of(stepId, FailurePolicy.deadLetter(), staged -> Outcome.committed());
        StateCodec codec = StateCodec.of(String.class, CodecRegistry.empty());
        var reader = ((SchemaVerdict.Compatible) codec.reader(codec.schemaText())).reader();
        var segments =
                MemoryRecoveryStore.open(new MemoryDisk(), "flow", StoreOptions.defaults())
                        .segments();
        return new DeliveryPart(
                part.step(),
                part.owner(),
                partition,
                new ItemCoding(codec, 0, Map.of(0, reader)),
                segments,
                0);
    }

    /** What such a partition has to commit of an epoch. */
    public static Prepared outbox(DeliveryPart part, long epoch, String... items) {
        return batches(part, epoch, 0, items);
    }

    /** The same in batches of so many items. */
    static Prepared batches(DeliveryPart part, long epoch, int batchItems, String... items) {
        try (SegmentWriter writer = part.segments().create(part.newOutboxName())) {
            var entry = new ByteOutput();
            for (String item : items) {
                part.items().encode(item, entry);
                writer.add(entry);
            }
            return new Prepared(
                    part, epoch, List.of(new OutboxEntry(writer.finish(), 0, 0, batchItems, 0)));
        }
    }

    /** Has the target reject the first item of a work. */
    public static void rejectFirst(Prepared work, String why) {
        work.rejections().add(new TreeMap<>(Map.of(0L, why)));
    }

    /** A work is in its target, but for what was rejected. */
    public static void commit(Prepared work) {
        work.part().settled(new Committed(work));
    }

    /** The partition {@code a} of a step. */
    public static DeliveryPart of(String stepId, @Nullable FailurePolicy policy, Answer answer) {
        var step =
                new CoreStep(
                        0,
                        stepId,
                        stepId,
                        new CoreOperator.Output(new TwoPhaseTarget<>("a"), null),
                        false,
                        List.of(),
                        policy);
        var owner =
                new Owner(
                        new UUID(0, 1),
                        1,
                        new UUID(0, 2),
                        found -> true,
                        false,
                        "flow",
                        stepId,
                        "a");
        /* What a partition stages itself is in no segment. */
        return new DeliveryPart(step, owner, new Partition(answer), null, null, 0);
    }

    private record Partition(Answer answer) implements TwoPhasePartition<Object, Object> {

        @Override
        public void writeBatch(List<Object> items) {}

        @Override
        public List<Object> prepare(long epoch) {
            return List.of();
        }

        @Override
        public Outcome commit(Object committable) throws Exception {
            return answer.to(committable);
        }

        @Override
        public void abortBeyond(long epoch) {}
    }
}
