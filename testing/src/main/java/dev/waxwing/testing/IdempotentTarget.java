package dev.waxwing.testing;

import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.IdempotentPartition.OutboxBatch;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ResettableSink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sink whose target, in memory, remembers the ids of items and passes over those that it has: it
 * outlives executions and can be read back. For plain and keyed streams. Thread-safe.
 *
 * @param <X> item
 */
public final class IdempotentTarget<X> implements EpochSink<X>, ResettableSink {

    private static final long serialVersionUID = 1L;

    private final List<String> parts;
    private final TargetFaults faults;
    private final transient Received<X> received;

    /** A target of some partitions. */
    public IdempotentTarget(String... parts) {
        this(List.of(parts), TargetFaults.NONE, new Received<>());
    }

    private IdempotentTarget(List<String> parts, TargetFaults faults, Received<X> received) {
        this.parts = parts;
        this.faults = faults;
        this.received = received;
    }

    /** The same target, with calls that fail. */
    public IdempotentTarget<X> withFaults(TargetFaults wanted) {
        return new IdempotentTarget<>(parts, wanted, received);
    }

    /** All items, in the order in which they first came; a copy. */
    public List<X> items() {
        synchronized (received) {
            return List.copyOf(received.byId.values());
        }
    }

    /** How many items were sent, repeated ones counted again. */
    public int sent() {
        synchronized (received) {
            return received.sent;
        }
    }

    /** Nothing: a new store has new ids. */
    @Override
    public @Nullable String remembered(Owner owner) {
        return null;
    }

    @Override
    public void forget(Owner owner) {}

    @Override
    public List<String> listParts() {
        return parts;
    }

    @Override
    public IdempotentPartition<X> buildPart(String stepId, String forPart) {
        return this::take;
    }

    private Outcome take(OutboxBatch<X> batch) throws Exception {
        int size = batch.items().size();
        faults.at("send.before");
        take(batch, 0, size / 2);
        faults.at("send.middle");
        take(batch, size / 2, size);
        faults.at("send.after");
        return Outcome.committed();
    }

    private void take(OutboxBatch<X> batch, int from, int end) {
        synchronized (received) {
            for (int i = from; i < end; i++) {
                received.sent++;
                received.byId.putIfAbsent(batch.id(i), batch.items().get(i));
            }
        }
    }

    private static final class Received<X> {

        private final Map<String, X> byId = new LinkedHashMap<>();
        private int sent;
    }
}
