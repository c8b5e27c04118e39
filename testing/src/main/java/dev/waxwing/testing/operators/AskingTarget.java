package dev.waxwing.testing.operators;

import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.IdempotentPartition.OutboxBatch;
import dev.waxwing.sink.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A target that asks for another attempt some times before it takes something. Thread-safe. */
final class AskingTarget implements EpochSink<Integer> {

    private static final long serialVersionUID = 1L;

    private final int times;
    private final transient Map<String, Integer> byId = new LinkedHashMap<>();
    private int asked;

    AskingTarget(int times) {
        this.times = times;
    }

    synchronized List<Integer> items() {
        return List.copyOf(byId.values());
    }

    @Override
    public List<String> listParts() {
        return List.of("a");
    }

    @Override
    public IdempotentPartition<Integer> buildPart(String stepId, String forPart) {
        return this::take;
    }

    private synchronized Outcome take(OutboxBatch<Integer> batch) {
        if (asked < times) {
            asked++;
            return Outcome.retry(Duration.ofMillis(1));
        }
        for (int i = 0; i < batch.items().size(); i++) {
            byId.put(batch.id(i), batch.items().get(i));
        }
        return Outcome.committed();
    }
}
