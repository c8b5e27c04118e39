package dev.waxwing.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.Outcome;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When works of a partition are done with. */
final class KeptWorksTest {

    private final IdempotentPartition<Object> service = batch -> Outcome.committed();
    private final DeliveryPart part = HandParts.withOutbox("flow.out", service);
    private final KeptWorks kept = part.kept();

    @Test
    void workIsDoneWithItsEpochAndOnce() {
        kept.add(HandParts.outbox(part, 1, "a"));
        kept.add(HandParts.outbox(part, 2, "b"));
        assertThat(kept.takeDone(0)).isNull();

        assertThat(kept.takeDone(1)).extracting(Done::epoch).isEqualTo(1L);
        assertThat(kept.takeDone(1)).isNull();
        assertThat(kept.isSettled(1)).isFalse();
        assertThat(kept.isSettled(2)).isTrue();
    }

    @Test
    void workWithRejectedItemsIsDoneWhenTheyAreTaken() {
        Prepared work = HandParts.outbox(part, 1, "a");
        kept.add(work);
        HandParts.rejectFirst(work, "too long");
        HandParts.commit(work);
        assertThat(kept.takeDone(1)).isNull();
        assertThat(kept.isSettled(1)).isFalse();
        assertThat(kept.takeRejected(0)).isNull();

        assertThat(kept.takeRejected(1)).isNotNull();

        assertThat(kept.isSettled(1)).isTrue();
        Done done = Objects.requireNonNull(kept.takeDone(1));
        assertThat(done.segments()).hasSize(2);
    }
}
