package dev.waxwing.simulation.sink;

import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TwoPhasePartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A two-phase sink as the runner sees it: each call passes through the kit. */
final class WatchedTwoPhaseSink<X> implements EpochSink<SinkItem> {

    private static final long serialVersionUID = 1L;

    private final EpochSink<X> sink;
    private final transient TargetCalls<X> calls;

    WatchedTwoPhaseSink(EpochSink<X> sink, TargetCalls<X> calls) {
        this.sink = sink;
        this.calls = calls;
    }

    @Override
    public List<String> listParts() throws Exception {
        return sink.listParts();
    }

    @Override
    public int partFn(Object key) {
        return sink.partFn(key);
    }

    @SuppressWarnings("unchecked") // what is committed came from the partition
    @Override
    public TwoPhasePartition<SinkItem, Object> buildPart(String stepId, String forPart)
            throws Exception {
        return new Partition(
                forPart,
                (TwoPhasePartition<X, Object>)
                        WatchedEpochSinks.open(sink, calls, stepId, forPart));
    }

    private final class Partition implements TwoPhasePartition<SinkItem, Object> {

        private final String part;
        private final TwoPhasePartition<X, Object> partition;
        private final List<SinkItem> open = new ArrayList<>();

        /** What is to be committed, in order: an entry once for each of its pieces. */
        private final Deque<Entry> pieces = new ArrayDeque<>();

        Partition(String part, TwoPhasePartition<X, Object> partition) {
            this.part = part;
            this.partition = partition;
            calls.journal().undone(part).forEach(entry -> expect(entry, entry.pieces));
        }

        @Override
        public @Nullable Marker claim(Owner owner) throws Exception {
            Marker found = WatchedEpochSinks.claim(partition, owner, calls);
            if (found != null) {
                pieces.removeIf(entry -> entry.epoch <= found.epoch());
            }
            return found;
        }

        @Override
        public void writeBatch(List<SinkItem> items) throws Exception {
            List<SinkItem> all = List.copyOf(items);
            if (open.isEmpty()) {
                calls.life().reached(CrashPoint.BEFORE_FIRST_WRITE);
            }
            calls.write(all, () -> write(all), () -> write(all.subList(0, all.size() / 2)));
            open.addAll(all);
        }

        private void write(List<SinkItem> items) throws Exception {
            partition.writeBatch(calls.batch(items));
        }

        @Override
        public List<Object> prepare(long epoch) throws Exception {
            calls.stages();
            List<Object> prepared = calls.call(() -> partition.prepare(epoch));
            Entry entry = new Entry(part, epoch, prepared.size());
            entry.items.addAll(open);
            open.clear();
            calls.life().staged(entry);
            expect(entry, prepared.size());
            calls.life().reached(CrashPoint.AFTER_FLUSH_BEFORE_PREPARED);
            calls.life().reachedAfterStep(CrashPoint.AFTER_PREPARE_OF_ONE);
            return prepared;
        }

        @Override
        public Outcome commit(Object committable) throws Exception {
            Entry entry = Objects.requireNonNull(pieces.peek(), "it was prepared");
            calls.journal().asked(part, entry.epoch, entry.items, entry.pieces);
            Outcome outcome = calls.commit(entry, () -> partition.commit(committable));
            if (!(outcome instanceof Outcome.Retry || outcome instanceof Outcome.Lost)) {
                pieces.remove();
                if (pieces.peek() != entry) {
                    entry.committed.addAll(entry.items);
                }
                calls.replies(entry);
            }
            return outcome;
        }

        @Override
        public void abortBeyond(long epoch) throws Exception {
            calls.life().asks();
            calls.life().reached(CrashPoint.WHILE_SWEEPING);
            calls.act(() -> partition.abortBeyond(epoch));
            calls.life().reached(CrashPoint.WHILE_SWEEPING);
        }

        @Override
        public void close() throws Exception {
            calls.life().close(partition);
        }

        private void expect(Entry entry, int count) {
            for (int i = 0; i < count; i++) {
                pieces.add(entry);
            }
        }
    }
}
