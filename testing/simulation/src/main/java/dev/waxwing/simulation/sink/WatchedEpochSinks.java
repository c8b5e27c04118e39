package dev.waxwing.simulation.sink;

import dev.waxwing.function.TypeRef;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.EpochSinkPartition;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.IdempotentPartition.OutboxBatch;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.sink.TransactionalPartition;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Epoch sinks with an outbox as the runner sees them: each call passes through the kit. */
final class WatchedEpochSinks {

    /*
     * That a partition can be looked at before it is claimed is not passed on: it would keep mistakes in claiming from
     * being found. RefusedStarts has the sink as it is.
     */

    private WatchedEpochSinks() {}

    static <X> EpochSink<SinkItem> transactional(EpochSink<X> sink, TargetCalls<X> calls) {
        return new Transactional<>(sink, calls);
    }

    static <X> EpochSink<SinkItem> idempotent(EpochSink<X> sink, TargetCalls<X> calls) {
        return new Idempotent<>(sink, calls);
    }

    /** Opens a partition and remembers to close it. */
    static <X> EpochSinkPartition<X> open(
            EpochSink<X> sink, TargetCalls<X> calls, String stepId, String part) throws Exception {
        EpochSinkPartition<X> opened =
                Objects.requireNonNull(sink.buildPart(stepId, part), "buildPart returned null");
        calls.life().opened(opened);
        return opened;
    }

    /** Claims a partition. */
    static @Nullable Marker claim(
            EpochSinkPartition<?> partition, Owner owner, TargetCalls<?> calls) throws Exception {
        calls.life().asks();
        calls.life().reached(CrashPoint.BEFORE_FENCING);
        calls.claims(owner);
        Marker found = calls.call(() -> Optional.ofNullable(partition.claim(owner))).orElse(null);
        calls.claimed(owner, found);
        return found;
    }

    private static final class Transactional<X> implements EpochSink<SinkItem> {

        private static final long serialVersionUID = 1L;

        private final EpochSink<X> sink;
        private final transient TargetCalls<X> calls;

        Transactional(EpochSink<X> sink, TargetCalls<X> calls) {
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

        @Override
        public TypeRef<SinkItem> itemType() {
            return TypeRef.of(SinkItem.class);
        }

        @Override
        public TransactionalPartition<SinkItem> buildPart(String stepId, String forPart)
                throws Exception {
            var partition = (TransactionalPartition<X>) open(sink, calls, stepId, forPart);
            return new TransactionalPartition<>() {
                @Override
                public @Nullable Marker claim(Owner owner) throws Exception {
                    return WatchedEpochSinks.claim(partition, owner, calls);
                }

                @Override
                public void apply(Commit commit, List<SinkItem> rows) throws Exception {
                    List<SinkItem> all = List.copyOf(rows);
                    Entry entry = calls.journal().asked(forPart, commit.epoch(), all, 1);
                    calls.commit(
                            entry,
                            () -> {
                                partition.apply(commit, calls.batch(all));
                                return Outcome.committed();
                            });
                    entry.committed.addAll(all);
                    calls.replies(entry);
                }

                @Override
                public void close() throws Exception {
                    calls.life().close(partition);
                }
            };
        }
    }

    private static final class Idempotent<X> implements EpochSink<SinkItem> {

        private static final long serialVersionUID = 1L;

        private final EpochSink<X> sink;
        private final transient TargetCalls<X> calls;

        Idempotent(EpochSink<X> sink, TargetCalls<X> calls) {
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

        @Override
        public TypeRef<SinkItem> itemType() {
            return TypeRef.of(SinkItem.class);
        }

        @Override
        public IdempotentPartition<SinkItem> buildPart(String stepId, String forPart)
                throws Exception {
            var partition = (IdempotentPartition<X>) open(sink, calls, stepId, forPart);
            return new IdempotentPartition<>() {
                @Override
                public @Nullable Marker claim(Owner owner) throws Exception {
                    return WatchedEpochSinks.claim(partition, owner, calls);
                }

                @Override
                public int batchItemsMax() {
                    return partition.batchItemsMax();
                }

                @Override
                public Outcome send(OutboxBatch<SinkItem> batch) throws Exception {
                    List<SinkItem> all = List.copyOf(batch.items());
                    Entry entry = calls.journal().asked(forPart, batch.commit().epoch(), all, 0);
                    OutboxBatch<X> mapped =
                            new OutboxBatch<>(
                                    batch.commit(),
                                    batch.outbox(),
                                    batch.closed(),
                                    batch.hasDeadLetters(),
                                    batch.places(),
                                    calls.batch(all));
                    Outcome outcome;
                    try {
                        outcome = calls.commit(entry, () -> partition.send(mapped));
                    } catch (PartialWriteException partial) {
                        entry.committed.addAll(others(all, partial.failed()));
                        throw partial;
                    }
                    if (!(outcome instanceof Outcome.Retry || outcome instanceof Outcome.Lost)) {
                        entry.committed.addAll(all);
                        calls.replies(entry);
                    }
                    return outcome;
                }

                @Override
                public void close() throws Exception {
                    calls.life().close(partition);
                }
            };
        }

        private static Set<SinkItem> others(List<SinkItem> all, int[] failed) {
            Set<SinkItem> others = new HashSet<>(all);
            for (int index : failed) {
                others.remove(all.get(index));
            }
            return others;
        }
    }
}
