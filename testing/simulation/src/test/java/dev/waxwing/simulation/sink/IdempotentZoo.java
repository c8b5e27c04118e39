package dev.waxwing.simulation.sink;

import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.IdempotentPartition.OutboxBatch;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.sink.Sink;
import dev.waxwing.testing.TargetFaults;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A target that remembers ids, and a sink that makes one mistake. */
final class IdempotentZoo implements SinkSubject<String> {

    private final Mistake mistake;
    private final List<String> taken = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private int requests;
    private boolean hasFailed;

    IdempotentZoo(Mistake mistake) {
        this.mistake = mistake;
    }

    /** What is done wrong, and which oracle finds it. */
    enum Mistake {
        NONE(null),
        /** Ids are counted, from 1 in every execution. */
        IDS_FROM_COUNTERS(Oracle.COMMITTED_STAYS),
        /** Every request has an id of its own. */
        NEW_IDS_ON_RETRY(Oracle.EXACTLY_ONCE),
        /** The id of a batch is used for its items, though a retry sends other items with it. */
        IDS_BY_PLACE_IN_THE_BATCH(Oracle.COMMITTED_STAYS),
        /** It says which items were not written, and means those that were. */
        NAMES_THE_WRONG_ITEMS(Oracle.COMMITTED_STAYS),
        /** The answer comes before the target has the items. */
        ANSWERS_TOO_EARLY(Oracle.COMMITTED_STAYS),
        /** The target keeps ids for a shorter time than a recovery takes. */
        IDS_ARE_FORGOTTEN(Oracle.EXACTLY_ONCE),
        /** After one failure it asks for a retry for ever, in every execution. */
        RETRIES_FOR_EVER(Oracle.RECOVERY_ENDS),
        /** What the target refuses counts as sent. */
        SWALLOWS_A_REFUSAL(Oracle.COMMITTED_STAYS),
        /** The half that was sent before a failure is sent again under ids of its own. */
        SENDS_A_PART_TWICE(Oracle.EXACTLY_ONCE),
        /** After a time-out it says that all is lost. */
        GIVES_UP_TOO_EARLY(Oracle.RECOVERY_ENDS);

        final @Nullable Oracle caughtBy;

        Mistake(@Nullable Oracle caughtBy) {
            this.caughtBy = caughtBy;
        }
    }

    @Override
    public Sink<String> sink(TargetFaults faults) {
        return new ZooSink(faults);
    }

    @Override
    public String item(SinkItem item) {
        return item.text();
    }

    @Override
    public List<SinkItem> committed() {
        return taken.stream().map(SinkItem::parse).toList();
    }

    private void take(String id, String item) {
        requests++;
        if (mistake == Mistake.IDS_ARE_FORGOTTEN && requests % 8 == 0) {
            ids.clear();
        }
        if (ids.add(id)) {
            taken.add(item);
        }
    }

    private final class ZooSink implements EpochSink<String> {

        private static final long serialVersionUID = 1L;

        private final TargetFaults faults;

        ZooSink(TargetFaults faults) {
            this.faults = faults;
        }

        @Override
        public List<String> listParts() {
            return List.of("a", "b");
        }

        @Override
        public IdempotentPartition<String> buildPart(String stepId, String forPart) {
            return new Partition(forPart, faults);
        }
    }

    private final class Partition implements IdempotentPartition<String> {

        private final String part;
        private final TargetFaults faults;
        private final List<Runnable> later = new ArrayList<>();
        private int sent;

        Partition(String part, TargetFaults faults) {
            this.part = part;
            this.faults = faults;
        }

        @Override
        public Outcome send(OutboxBatch<String> batch) throws Exception {
            if (mistake == Mistake.RETRIES_FOR_EVER && hasFailed) {
                return Outcome.retry(Duration.ofMillis(10));
            }
            later.forEach(Runnable::run);
            later.clear();
            int size = batch.items().size();
            try {
                faults.at("send.before");
                take(batch, 0, size / 2);
                faults.at("send.middle");
                take(batch, size / 2, size);
                faults.at("send.after");
            } catch (IOException e) {
                hasFailed = true;
                return failed(batch, e);
            }
            return Outcome.committed();
        }

        private Outcome failed(OutboxBatch<String> batch, IOException e) throws Exception {
            if (mistake == Mistake.SWALLOWS_A_REFUSAL) {
                return Outcome.committed();
            }
            if (mistake == Mistake.GIVES_UP_TOO_EARLY) {
                return Outcome.lost("no answer");
            }
            if (mistake == Mistake.NAMES_THE_WRONG_ITEMS && batch.items().size() > 1) {
                throw new PartialWriteException(new int[] {0}, e);
            }
            if (mistake == Mistake.SENDS_A_PART_TWICE) {
                for (int i = 0; i < batch.items().size(); i++) {
                    IdempotentZoo.this.take("retried " + batch.id(i), batch.items().get(i));
                }
                return Outcome.committed();
            }
            throw e;
        }

        private void take(OutboxBatch<String> batch, int from, int end) {
            for (int i = from; i < end; i++) {
                String id = id(batch, i);
                String item = batch.items().get(i);
                if (mistake == Mistake.ANSWERS_TOO_EARLY) {
                    later.add(() -> IdempotentZoo.this.take(id, item));
                } else {
                    IdempotentZoo.this.take(id, item);
                }
            }
        }

        private String id(OutboxBatch<String> batch, int index) {
            return switch (mistake) {
                case IDS_FROM_COUNTERS -> part + "/" + ++sent;
                case NEW_IDS_ON_RETRY -> "request " + requests;
                case IDS_BY_PLACE_IN_THE_BATCH ->
                        part + "/" + batch.commit().epoch() / 2 + "/" + index;
                default -> batch.id(index);
            };
        }
    }
}
