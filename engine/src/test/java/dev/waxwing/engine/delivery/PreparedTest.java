package dev.waxwing.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is kept of an outbox of which the target has rejected items. */
final class PreparedTest {

    private final IdempotentPartition<Object> service = batch -> Outcome.committed();
    private final DeliveryPart part = HandParts.withOutbox("flow.out", service);
    private final Prepared work = HandParts.batches(part, 1, 2, "a", "b", "c", "d", "e");

    @Test
    void rejectedItemsAreThoseOfTheirPlacesInOrder() {
        new Decided(work, false).reject(new TreeMap<>(Map.of(3L, "no d")));
        new Decided(work, false).reject(new TreeMap<>(Map.of(1L, "no b")));
        List<String> rejected = new ArrayList<>();

        new Committed(work)
                .forEachRejected((item, why) -> rejected.add(item + ": " + why.getMessage()));

        assertThat(rejected).containsExactly("b: no b", "d: no d");
    }

    @Test
    void whatWasRejectedIsInSegmentsOfTheWork() {
        String outbox = work.outbox().segment().name();
        assertThat(work.segments()).containsExactly(outbox);

        new Decided(work, false).reject(new TreeMap<>(Map.of(3L, "no d")));
        new Decided(work, false).reject(new TreeMap<>(Map.of(1L, "no b")));

        assertThat(work.segments())
                .containsExactly(outbox, outbox + ".rejected.0", outbox + ".rejected.1");
    }
}
