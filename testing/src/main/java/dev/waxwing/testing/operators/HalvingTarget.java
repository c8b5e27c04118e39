package dev.waxwing.testing.operators;

import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.IdempotentPartition.OutboxBatch;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.PartialWriteException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A target that takes the first half of each batch, and all of a batch of one. Thread-safe. */
final class HalvingTarget implements EpochSink<Integer> {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Integer> byId = new HashMap<>();
    private final transient Set<String> takenByExecution = new HashSet<>();
    private final transient Set<String> repeated = new TreeSet<>();

    synchronized List<Integer> items() {
        return List.copyOf(byId.values());
    }

    /** Ids under which an execution has sent something that it was told had been taken. */
    synchronized Set<String> repeated() {
        return Set.copyOf(repeated);
    }

    @Override
    public List<String> listParts() {
        return List.of("a");
    }

    @Override
    public IdempotentPartition<Integer> buildPart(String stepId, String forPart) {
        return this::take;
    }

    private synchronized Outcome take(OutboxBatch<Integer> batch) throws PartialWriteException {
        int size = batch.items().size();
        int half = (size + 1) / 2;
        for (int i = 0; i < half; i++) {
            if (!takenByExecution.add(batch.commit().owner().token() + batch.id(i))) {
                repeated.add(batch.id(i));
            }
            byId.put(batch.id(i), batch.items().get(i));
        }
        if (half < size) {
            int[] rest = new int[size - half];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = half + i;
            }
            throw new PartialWriteException(rest, new IOException("the target is full for now"));
        }
        return Outcome.committed();
    }
}
