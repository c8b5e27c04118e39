package dev.waxwing.engine.delivery;

import dev.waxwing.recovery.codec.StateReader;
import dev.waxwing.recovery.segment.SegmentReader;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.IdempotentPartition.OutboxBatch;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.sink.RejectedItemsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sends an outbox batch by batch, cut at the same places each time. */
final class IdempotentCommitter implements Committer {

    private final DeliveryPart part;
    private final IdempotentPartition<Object> partition;

    IdempotentCommitter(DeliveryPart part, IdempotentPartition<Object> partition) {
        this.part = part;
        this.partition = partition;
    }

    @Override
    public Outcome attempt(Decided work) throws Exception {
        OutboxEntry outbox = work.outbox();
        long items = work.items();
        try (SegmentReader segment = part.segments().open(outbox.segment())) {
            StateReader reader = part.items().reader(outbox.schema());
            while (work.next() < items) {
                long end = Math.min(items, work.next() + outbox.batchItems());
                if (isSettled(work, end)) {
                    work.deliver(end - work.next() - rejectedBefore(work, end));
                } else {
                    Outcome outcome = send(work, end, segment, reader);
                    if (outcome instanceof Outcome.Retry || outcome instanceof Outcome.Lost) {
                        return outcome;
                    }
                }
                work.goOnAt(end);
            }
        }
        return Outcome.committed();
    }

    private Outcome send(Decided work, long end, SegmentReader segment, StateReader reader)
            throws Exception {
        List<Long> places = work.again().isEmpty() ? range(work.next(), end) : work.again();
        List<Object> batch = new ArrayList<>(places.size());
        for (long place : places) {
            segment.seek(place);
            batch.add(reader.decode(segment.data(), segment.offset(), segment.length()));
        }
        try {
            Outcome outcome =
                    partition.send(
                            new OutboxBatch<>(
                                    new Commit(work.epoch(), part.owner()),
                                    work.outbox().segment().name(),
                                    Instant.ofEpochMilli(work.outbox().closedMillis()),
                                    part.step().hasDeadLetters(),
                                    places,
                                    batch));
            if (!(outcome instanceof Outcome.Retry || outcome instanceof Outcome.Lost)) {
                work.deliver(places.size());
            }
            return outcome;
        } catch (PartialWriteException partial) {
            List<Long> failed = new ArrayList<>();
            for (int index : partial.failed()) {
                failed.add(places.get(index));
            }
            work.deliver(places.size() - failed.size());
            work.sendAgain(failed);
            throw partial.getCause() instanceof Exception cause ? cause : partial;
        } catch (RejectedItemsException rejected) {
            Committer.reject(work, rejected, places::get);
            work.deliver(places.size() - rejected.reasons().size());
            return Outcome.committed();
        }
    }

    /* A target that rejects items of a batch has taken all others of it. */
    private static boolean isSettled(Decided work, long end) {
        return work.again().isEmpty() && rejectedBefore(work, end) > 0;
    }

    private static int rejectedBefore(Decided work, long end) {
        return work.rejected().subMap(work.next(), end).size();
    }

    private static List<Long> range(long from, long end) {
        List<Long> places = new ArrayList<>();
        for (long place = from; place < end; place++) {
            places.add(place);
        }
        return places;
    }
}
