package dev.waxwing.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.Outcome;
import dev.waxwing.step.DataflowException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** When a work counts as committed. */
final class DecidedTest {

    private final IdempotentPartition<Object> service = batch -> Outcome.committed();
    private final DeliveryPart part = HandParts.withOutbox("flow.out", service);
    private final Prepared prepared = HandParts.outbox(part, 1, "a", "b", "c");
    private final Decided work = new Decided(prepared, false);

    @Test
    void workOfWhichAllIsDeliveredOrRejectedIsCommitted() {
        work.deliver(2);
        work.reject(new TreeMap<>(Map.of(1L, "no b")));

        assertThat(work.committed().isOf(prepared)).isTrue();
        assertThat(work.committed().hasRejected()).isTrue();
    }

    @Test
    void itemThatIsNeitherDeliveredNorRejectedStopsTheExecution() {
        work.deliver(2);

        assertThatThrownBy(work::committed)
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining("step 'flow.out': partition 'a'")
                .hasMessageContaining("epoch 1 has 3 items, but 2 were committed and 0 rejected");
    }

    @Test
    void workThatTheTargetHadBeforeIsCommittedWithoutAnAttempt() {
        assertThat(new Decided(prepared, true).committed().isOf(prepared)).isTrue();
    }

    @Test
    void batchIsSentAgainInPartUntilItIsDealtWith() {
        work.sendAgain(List.of(1L));
        assertThat(work.again()).containsExactly(1L);

        work.goOnAt(3);

        assertThat(work.again()).isEmpty();
        assertThat(work.progress()).isEqualTo(3);
    }
}
