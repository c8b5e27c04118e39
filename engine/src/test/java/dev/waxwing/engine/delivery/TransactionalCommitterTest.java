package dev.waxwing.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.sink.Commit;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.step.DeliveryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a target is asked what it has, and what becomes of its answer. */
final class TransactionalCommitterTest {

    private final Table table = new Table();
    private final DeliveryPart part = HandParts.withOutbox("flow.out", table);
    private final TransactionalCommitter committer = new TransactionalCommitter(part, table);

    @Test
    void targetIsNotAskedUnlessACommitIsInDoubt() throws Exception {
        committer.attempt(decided(1, "a"));
        committer.attempt(decided(2, "b"));

        assertThat(table.rows).containsExactly("a", "b");
        assertThat(table.claims).isZero();
    }

    @Test
    void commitThatFailedAndIsThereIsNotMadeAgain() throws Exception {
        Decided work = decided(1, "a");
        table.afterWriting = new IOException("connection lost");
        assertThatThrownBy(() -> committer.attempt(work)).hasMessage("connection lost");

        assertThat(committer.attempt(work)).isEqualTo(Outcome.alreadyCommitted());
        committer.attempt(decided(2, "b"));

        assertThat(table.rows).containsExactly("a", "b");
        assertThat(table.claims).isEqualTo(1);
        assertThat(work.delivered()).isEqualTo(1);
    }

    @Test
    void commitThatFailedAndIsNotThereIsMadeAgain() throws Exception {
        committer.attempt(decided(1, "a"));
        Decided work = decided(2, "b");
        table.beforeWriting = new IOException("refused");
        assertThatThrownBy(() -> committer.attempt(work)).hasMessage("refused");

        assertThat(committer.attempt(work)).isEqualTo(Outcome.committed());

        assertThat(table.rows).containsExactly("a", "b");
    }

    @Test
    void targetThatHoldsAnEpochThatNobodyHasWrittenStopsTheExecution() throws Exception {
        committer.attempt(decided(1, "a"));
        Decided work = decided(2, "b");
        table.beforeWriting = new IOException("refused");
        assertThatThrownBy(() -> committer.attempt(work)).hasMessage("refused");

        for (long epoch : List.of(0L, 3L)) {
            table.epoch = epoch;
            assertThatThrownBy(() -> committer.attempt(work))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("held epoch 1 and now holds epoch " + epoch);
        }
    }

    @Test
    void rowsThatWereNotReadStopTheExecution() {
        table.readsMax = 1;

        assertThatThrownBy(() -> committer.attempt(decided(1, "a", "b")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("has read 1 of its 2 rows");
    }

    private Decided decided(long epoch, String... items) {
        return new Decided(HandParts.outbox(part, epoch, items), false);
    }

    /** Fails when a test says so, once. */
    private static final class Table implements TransactionalPartition<Object> {

        private final List<Object> rows = new ArrayList<>();
        private long epoch;
        private int claims;
        private int readsMax = Integer.MAX_VALUE;
        private @Nullable IOException beforeWriting;
        private @Nullable IOException afterWriting;

        @Override
        public Marker claim(Owner owner) {
            claims++;
            return new Marker(epoch, 1, new UUID(0, 1), new UUID(0, 2));
        }

        @Override
        public void apply(Commit commit, List<Object> batch) throws IOException {
            IOException before = beforeWriting;
            beforeWriting = null;
            if (before != null) {
                throw before;
            }
            rows.addAll(batch.subList(0, Math.min(batch.size(), readsMax)));
            epoch = commit.epoch();
            IOException after = afterWriting;
            afterWriting = null;
            if (after != null) {
                throw after;
            }
        }
    }
}
