package dev.waxwing.embedded.delivery;

import dev.waxwing.FailurePolicy;
import dev.waxwing.plan.CoreOperator;
import dev.waxwing.plan.CoreStep;
import dev.waxwing.recovery.Segments;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TwoPhasePartition;
import dev.waxwing.testing.TwoPhaseTarget;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

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

    /** The partition {@code a} of a step that keeps items in outboxes. */
    public static DeliveryPart withOutbox(String stepId, ItemCoding items, Segments segments) {
        DeliveryPart part = of(stepId, staged -> Outcome.committed());
        return new DeliveryPart(part.step(), part.owner(), part.partition(), items, segments, 0);
    }

    /** Has the target reject the first item of a work. */
    public static void rejectFirst(Work work, String why) {
        work.reject(new TreeMap<>(Map.of(0L, why)));
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
