package dev.waxwing.testing;

import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ResettableSink;
import dev.waxwing.sink.TwoPhasePartition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sink whose target, in memory, takes items in staged pieces that become visible when they are
 * committed: it outlives executions and can be read back. For plain and keyed streams. Thread-safe.
 *
 * @param <X> item
 */
public final class TwoPhaseTarget<X> implements EpochSink<X>, ResettableSink {

    private static final long serialVersionUID = 1L;

    private final List<String> parts;
    private final TargetFaults faults;
    private final transient Map<Piece, List<X>> staged;
    private final transient Map<Piece, List<X>> visible;

    /** A target of some partitions. */
    public TwoPhaseTarget(String... parts) {
        this(List.of(parts), TargetFaults.NONE, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    private TwoPhaseTarget(
            List<String> parts,
            TargetFaults faults,
            Map<Piece, List<X>> staged,
            Map<Piece, List<X>> visible) {
        this.parts = parts;
        this.faults = faults;
        this.staged = staged;
        this.visible = visible;
    }

    /** The same target, with calls that fail. */
    public TwoPhaseTarget<X> withFaults(TargetFaults wanted) {
        return new TwoPhaseTarget<>(parts, wanted, staged, visible);
    }

    /**
     * Names what a partition has staged in an epoch.
     *
     * @param part name of the partition
     * @param epoch in which it was staged
     * @param generation of the execution
     */
    public record Piece(String part, long epoch, long generation) {}

    /** All visible items, in the order in which they were committed; a copy. */
    public List<X> items() {
        synchronized (visible) {
            List<X> items = new ArrayList<>();
            visible.values().forEach(items::addAll);
            return items;
        }
    }

    /** What is staged and not visible; a copy. */
    public List<Piece> staged() {
        synchronized (visible) {
            return List.copyOf(staged.keySet());
        }
    }

    /**
     * Loses what is staged, as somebody who cleans up does.
     *
     * @return what was staged, for {@link #bringBack}
     */
    public Map<Piece, List<X>> forgetStaged() {
        synchronized (visible) {
            Map<Piece, List<X>> forgotten = new LinkedHashMap<>(staged);
            staged.clear();
            return forgotten;
        }
    }

    /** Stages again what was lost. */
    public void bringBack(Map<Piece, List<X>> forgotten) {
        synchronized (visible) {
            staged.putAll(forgotten);
        }
    }

    @Override
    public @Nullable String remembered(Owner owner) {
        long count =
                staged().stream().filter(piece -> piece.part.equals(owner.partition())).count();
        return count == 0 ? null : count + " staged pieces";
    }

    @Override
    public void forget(Owner owner) throws Exception {
        faults.at("forget.before");
        synchronized (visible) {
            staged.keySet().removeIf(piece -> piece.part.equals(owner.partition()));
        }
    }

    @Override
    public List<String> listParts() {
        return parts;
    }

    @Override
    public TwoPhasePartition<X, Piece> buildPart(String stepId, String forPart) {
        return new Partition(forPart);
    }

    private final class Partition implements TwoPhasePartition<X, Piece> {

        private final String part;
        private List<X> open = new ArrayList<>();
        private long generation;

        Partition(String part) {
            this.part = part;
        }

        @Override
        public @Nullable Marker claim(Owner owner) {
            generation = owner.generation();
            return null;
        }

        @Override
        public void writeBatch(List<X> items) throws Exception {
            faults.at("write.before");
            open.addAll(items);
        }

        @Override
        public List<Piece> prepare(long epoch) throws Exception {
            faults.at("prepare.before");
            Piece piece = new Piece(part, epoch, generation);
            synchronized (visible) {
                staged.put(piece, open);
            }
            open = new ArrayList<>();
            faults.at("prepare.after");
            return List.of(piece);
        }

        @Override
        public Outcome commit(Piece piece) throws Exception {
            faults.at("commit.before");
            Outcome outcome = show(piece);
            faults.at("commit.after");
            return outcome;
        }

        private Outcome show(Piece piece) {
            synchronized (visible) {
                if (visible.containsKey(piece)) {
                    return Outcome.alreadyCommitted();
                }
                List<X> items = staged.remove(piece);
                if (items == null) {
                    return Outcome.lost(piece + " is not staged");
                }
                visible.put(piece, items);
                return Outcome.committed();
            }
        }

        @Override
        public void abortBeyond(long epoch) throws Exception {
            faults.at("abort.before");
            synchronized (visible) {
                staged.keySet().removeIf(piece -> piece.part.equals(part) && piece.epoch > epoch);
            }
        }
    }
}
