package dev.waxwing.embedded;

import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.IdempotentPartition.OutboxBatch;
import dev.waxwing.sink.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A sink that remembers each batch that it was given, in memory. */
final class SentBatches implements EpochSink<Integer> {

    private static final long serialVersionUID = 1L;

    private final transient List<List<Integer>> sent;
    private final int batchItems;
    private final boolean fails;

    SentBatches() {
        this(Collections.synchronizedList(new ArrayList<>()), 500, false);
    }

    private SentBatches(List<List<Integer>> sent, int batchItems, boolean fails) {
        this.sent = sent;
        this.batchItems = batchItems;
        this.fails = fails;
    }

    /** The same target, asked in batches of this size. */
    SentBatches ofItems(int items) {
        return new SentBatches(sent, items, fails);
    }

    /** The same target, which takes what it is sent and never says so. */
    SentBatches failing() {
        return new SentBatches(sent, batchItems, true);
    }

    /** All batches, in order; a copy. */
    List<List<Integer>> sent() {
        return List.copyOf(sent);
    }

    @Override
    public List<String> listParts() {
        return List.of("a");
    }

    @Override
    public IdempotentPartition<Integer> buildPart(String stepId, String forPart) {
        return new IdempotentPartition<>() {
            @Override
            public int batchItemsMax() {
                return batchItems;
            }

            @Override
            public Outcome send(OutboxBatch<Integer> batch) throws IOException {
                sent.add(List.copyOf(batch.items()));
                if (fails) {
                    throw new IOException("target is down");
                }
                return Outcome.committed();
            }
        };
    }
}
