package dev.waxwing.engine.delivery;

import dev.waxwing.run.check.StepChecks;
import dev.waxwing.sink.EpochSinkPartition;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.RejectedItemsException;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.sink.TwoPhasePartition;
import dev.waxwing.step.DeliveryException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;

/** Makes an attempt to commit, on the lane of a partition. */
@FunctionalInterface
interface Committer {

    /**
     * Goes on with a work where the last attempt has ended.
     *
     * @throws DeliveryException if no further attempt may be made
     * @throws Exception if the target may succeed another time
     */
    Outcome attempt(Decided work) throws Exception;

    @SuppressWarnings("unchecked") // what is committed came from the partition
    static Committer of(DeliveryPart part) {
        EpochSinkPartition<Object> partition = part.partition();
        if (partition instanceof TransactionalPartition<Object> transactional) {
            return new TransactionalCommitter(part, transactional);
        }
        if (partition instanceof IdempotentPartition<Object> idempotent) {
            return new IdempotentCommitter(part, idempotent);
        }
        return new TwoPhaseCommitter((TwoPhasePartition<Object, Object>) partition);
    }

    /** Makes it durable that items were rejected. */
    static void reject(Decided work, RejectedItemsException rejected, IntToLongFunction placeOf) {
        DeliveryPart part = work.part();
        if (!part.step().hasDeadLetters()) {
            throw new StepChecks(part.step())
                    .failed(
                            "in partition '"
                                    + part.name()
                                    + "', epoch "
                                    + work.epoch()
                                    + ", "
                                    + rejected.getMessage()
                                    + "; the epoch stays in the recovery store; to go on without"
                                    + " what was rejected, give the step a policy with dead"
                                    + " letters",
                            rejected);
        }
        SortedMap<Long, String> byPlace = new TreeMap<>();
        rejected.reasons().forEach((index, why) -> byPlace.put(placeOf.applyAsLong(index), why));
        work.reject(byPlace);
    }
}
