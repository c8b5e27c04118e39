package dev.waxwing.simulation;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.function.Predicate;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.IdempotentPartition.OutboxBatch;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.sink.RejectedItemsException;
import dev.waxwing.sink.Sink;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.sink.TwoPhasePartition;
import dev.waxwing.testing.IdempotentTarget;
import dev.waxwing.testing.TargetFaults;
import dev.waxwing.testing.TransactionalTarget;
import dev.waxwing.testing.TwoPhaseTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A sink of some contract that takes some items and never the others.
 *
 * @param sink what the dataflow writes to
 * @param items reads what it has taken
 * @param repeats whether it may take an item again after a crash
 */
record RefusingSink(Sink<Integer> sink, Supplier<List<Integer>> items, boolean repeats) {

    /** The promise that it makes, and whether it has a thread of its own. */
    enum Kind {
        REPEATING,
        REPEATING_BLOCKING,
        BY_POSITION,
        BY_POSITION_BLOCKING,
        IDEMPOTENT,
        TRANSACTIONAL,
        TWO_PHASE;

        /** Others are given what is in an outbox. */
        boolean mayBeBatched() {
            return this != IDEMPOTENT && this != TRANSACTIONAL;
        }
    }

    static RefusingSink of(Kind kind, Predicate<Integer> refuses, TargetFaults faults) {
        return switch (kind) {
            case REPEATING, REPEATING_BLOCKING ->
                    repeating(refuses, kind == Kind.REPEATING_BLOCKING);
            case BY_POSITION, BY_POSITION_BLOCKING ->
                    byPosition(refuses, kind == Kind.BY_POSITION_BLOCKING);
            case IDEMPOTENT -> idempotent(refuses, faults);
            case TRANSACTIONAL -> transactional(refuses, faults);
            case TWO_PHASE -> twoPhase(refuses);
        };
    }

    private static RefusingSink repeating(Predicate<Integer> refuses, boolean blocking) {
        List<Integer> taken = Collections.synchronizedList(new ArrayList<>());
        StatelessSinkPartition<Integer> partition =
                items -> taken.addAll(accepted(items, refuses, taken));
        DynamicSink<Integer> sink =
                (stepId, worker, workers) -> blocking ? new Repeating(partition) : partition;
        return new RefusingSink(sink, () -> List.copyOf(taken), true);
    }

    private record Repeating(StatelessSinkPartition<Integer> inner)
            implements StatelessSinkPartition<Integer>, BlockingPartition {

        @Override
        public void writeBatch(List<Integer> items) throws Exception {
            inner.writeBatch(items);
        }
    }

    private static RefusingSink byPosition(Predicate<Integer> refuses, boolean blocking) {
        List<Integer> file = Collections.synchronizedList(new ArrayList<>());
        FixedPartitionedSink<Object, Integer, Integer> sink =
                new FixedPartitionedSink<>() {
                    @Override
                    public List<String> listParts() {
                        return List.of("file");
                    }

                    @Override
                    public StatefulSinkPartition<Integer, Integer> buildPart(
                            String stepId, String part, @Nullable Integer resumed) {
                        file.subList(resumed == null ? 0 : resumed, file.size()).clear();
                        var plain = new ByPosition(file, refuses);
                        return blocking ? new BlockingByPosition(plain) : plain;
                    }
                };
        return new RefusingSink(sink, () -> List.copyOf(file), false);
    }

    private record ByPosition(List<Integer> file, Predicate<Integer> refuses)
            implements StatefulSinkPartition<Integer, Integer> {

        @Override
        public void writeBatch(List<Integer> items) throws Exception {
            file.addAll(accepted(items, refuses, file));
        }

        @Override
        public Integer snapshot() {
            return file.size();
        }
    }

    private record BlockingByPosition(ByPosition inner)
            implements StatefulSinkPartition<Integer, Integer>, BlockingPartition {

        @Override
        public void writeBatch(List<Integer> items) throws Exception {
            inner.writeBatch(items);
        }

        @Override
        public Integer snapshot() {
            return inner.snapshot();
        }
    }

    private static RefusingSink transactional(Predicate<Integer> refuses, TargetFaults faults) {
        TransactionalTarget<Integer> target =
                new TransactionalTarget<Integer>("a", "b").rejecting(refuses).withFaults(faults);
        return new RefusingSink(target, target::rows, false);
    }

    private static RefusingSink idempotent(Predicate<Integer> refuses, TargetFaults faults) {
        IdempotentTarget<Integer> target =
                new IdempotentTarget<Integer>("a", "b").withFaults(faults);
        EpochSink<Integer> sink =
                new EpochSink<>() {
                    @Override
                    public List<String> listParts() {
                        return target.listParts();
                    }

                    @Override
                    public IdempotentPartition<Integer> buildPart(String stepId, String part) {
                        IdempotentPartition<Integer> inner = target.buildPart(stepId, part);
                        return batch -> send(batch, inner, refuses);
                    }
                };
        return new RefusingSink(sink, target::items, false);
    }

    private static Outcome send(
            OutboxBatch<Integer> batch,
            IdempotentPartition<Integer> inner,
            Predicate<Integer> refuses)
            throws Exception {
        Map<Integer, String> refused = refused(batch.items(), refuses);
        List<Long> places = new ArrayList<>();
        List<Integer> items = new ArrayList<>();
        for (int i = 0; i < batch.items().size(); i++) {
            if (!refused.containsKey(i)) {
                places.add(batch.places().get(i));
                items.add(batch.items().get(i));
            }
        }
        if (!items.isEmpty()) {
            inner.send(
                    new OutboxBatch<>(
                            batch.commit(),
                            batch.outbox(),
                            batch.closed(),
                            batch.hasDeadLetters(),
                            places,
                            items));
        }
        if (!refused.isEmpty()) {
            throw new RejectedItemsException(refused);
        }
        return Outcome.committed();
    }

    private static RefusingSink twoPhase(Predicate<Integer> refuses) {
        TwoPhaseTarget<Integer> target = new TwoPhaseTarget<>("a", "b");
        EpochSink<Integer> sink =
                new EpochSink<>() {
                    @Override
                    public List<String> listParts() {
                        return target.listParts();
                    }

                    @Override
                    public TwoPhasePartition<Integer, TwoPhaseTarget.Piece> buildPart(
                            String stepId, String part) {
                        return new Staging(target.buildPart(stepId, part), refuses);
                    }
                };
        return new RefusingSink(sink, target::items, false);
    }

    private record Staging(
            TwoPhasePartition<Integer, TwoPhaseTarget.Piece> inner, Predicate<Integer> refuses)
            implements TwoPhasePartition<Integer, TwoPhaseTarget.Piece> {

        @Override
        public @Nullable Marker claim(Owner owner) throws Exception {
            return inner.claim(owner);
        }

        @Override
        public void writeBatch(List<Integer> items) throws Exception {
            Map<Integer, String> refused = refused(items, refuses);
            List<Integer> wanted = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                if (!refused.containsKey(i)) {
                    wanted.add(items.get(i));
                }
            }
            inner.writeBatch(wanted);
            complain(refused);
        }

        @Override
        public List<TwoPhaseTarget.Piece> prepare(long epoch) throws Exception {
            return inner.prepare(epoch);
        }

        @Override
        public Outcome commit(TwoPhaseTarget.Piece piece) throws Exception {
            return inner.commit(piece);
        }

        @Override
        public void abortBeyond(long epoch) throws Exception {
            inner.abortBeyond(epoch);
        }
    }

    /** Adds what is wanted, then throws if that was not all. */
    private static List<Integer> accepted(
            List<Integer> items, Predicate<Integer> refuses, List<Integer> to) throws Exception {
        Map<Integer, String> refused = refused(items, refuses);
        if (refused.isEmpty()) {
            return items;
        }
        for (int i = 0; i < items.size(); i++) {
            if (!refused.containsKey(i)) {
                to.add(items.get(i));
            }
        }
        complain(refused);
        return List.of();
    }

    private static void complain(Map<Integer, String> refused) throws PartialWriteException {
        if (!refused.isEmpty()) {
            throw new PartialWriteException(
                    refused.keySet().stream().mapToInt(Integer::intValue).toArray(),
                    new IllegalArgumentException("not wanted"));
        }
    }

    private static TreeMap<Integer, String> refused(List<Integer> items, Predicate<Integer> refuses)
            throws Exception {
        TreeMap<Integer, String> refused = new TreeMap<>();
        for (int i = 0; i < items.size(); i++) {
            if (refuses.test(items.get(i))) {
                refused.put(i, items.get(i) + " is not wanted");
            }
        }
        return refused;
    }
}
