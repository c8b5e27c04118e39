package dev.waxwing.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.IdempotentPartition.OutboxBatch;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.sink.RejectedItemsException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Which items of an outbox are sent, and sent again. */
final class IdempotentCommitterTest {

    private final Service service = new Service();
    private final DeliveryPart part = HandParts.withOutbox("flow.out", service);
    private final IdempotentCommitter committer = new IdempotentCommitter(part, service);
    private final Prepared prepared = HandParts.batches(part, 1, 2, "a", "b", "c", "d", "e");
    private final Decided work = new Decided(prepared, false);

    @Test
    void lastBatchHasWhatIsLeft() throws Exception {
        assertThat(committer.attempt(work)).isEqualTo(Outcome.committed());

        assertThat(service.sent)
                .containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
        assertThat(work.delivered()).isEqualTo(5);
    }

    @Test
    void batchThatIsToBeSentLaterIsSentAgainAsItWas() throws Exception {
        Outcome later = Outcome.retry(Duration.ofSeconds(1));
        service.answers.add(Outcome.committed());
        service.answers.add(later);
        assertThat(committer.attempt(work)).isEqualTo(later);

        committer.attempt(work);

        assertThat(service.sent)
                .containsExactly(
                        List.of("a", "b"), List.of("c", "d"), List.of("c", "d"), List.of("e"));
        assertThat(work.delivered()).isEqualTo(5);
    }

    @Test
    void batchThatIsLostStopsTheRest() throws Exception {
        Outcome lost = Outcome.lost("gone");
        service.answers.add(lost);

        assertThat(committer.attempt(work)).isEqualTo(lost);

        assertThat(service.sent).containsExactly(List.of("a", "b"));
    }

    @Test
    void onlyWhatFailedOfABatchIsSentAgain() throws Exception {
        service.answers.add(new PartialWriteException(new int[] {1}, new IOException("no b")));
        assertThatThrownBy(() -> committer.attempt(work)).hasMessage("no b");

        committer.attempt(work);

        assertThat(service.sent)
                .containsExactly(List.of("a", "b"), List.of("b"), List.of("c", "d"), List.of("e"));
        assertThat(work.delivered()).isEqualTo(5);
    }

    @Test
    void batchOfWhichTheTargetHasRejectedSomeIsNotSentAgainByALaterExecution() throws Exception {
        service.answers.add(new RejectedItemsException(Map.of(1, "no b")));
        committer.attempt(work);
        service.sent.clear();
        var stored = new Prepared(part, 1, prepared.values());
        stored.readRejections();
        var again = new Decided(stored, false);

        committer.attempt(again);

        assertThat(service.sent).containsExactly(List.of("c", "d"), List.of("e"));
        assertThat(again.delivered()).isEqualTo(4);
        assertThat(again.rejected()).containsExactly(Map.entry(1L, "no b"));
    }

    @Test
    void whatFailedBesideWhatWasRejectedIsSentAgain() throws Exception {
        service.answers.add(new PartialWriteException(new int[] {0, 1}, new IOException("busy")));
        service.answers.add(new RejectedItemsException(Map.of(0, "no a")));
        assertThatThrownBy(() -> committer.attempt(work)).hasMessage("busy");

        committer.attempt(work);

        assertThat(work.rejected()).containsExactly(Map.entry(0L, "no a"));
        assertThat(work.delivered()).isEqualTo(4);
    }

    /** Says what a test has it say, and then that all is well. */
    private static final class Service implements IdempotentPartition<Object> {

        private final List<List<Object>> sent = new ArrayList<>();
        private final Queue<Object> answers = new ArrayDeque<>();

        @Override
        public Outcome send(OutboxBatch<Object> batch) throws Exception {
            sent.add(List.copyOf(batch.items()));
            Object answer = answers.poll();
            if (answer instanceof Exception failure) {
                throw failure;
            }
            return answer == null ? Outcome.committed() : (Outcome) answer;
        }
    }
}
