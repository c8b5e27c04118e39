package dev.waxwing.testing;

import dev.waxwing.function.Predicate;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.RejectedItemsException;
import dev.waxwing.sink.ReleasablePartition;
import dev.waxwing.sink.ResettableSink;
import dev.waxwing.sink.TransactionalPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A sink whose target, in memory, has transactions and keeps markers: it outlives executions and
 * can be read back. For plain and keyed streams. Thread-safe.
 *
 * @param <X> item
 */
public final class TransactionalTarget<X> implements EpochSink<X>, ResettableSink {

    private static final long serialVersionUID = 1L;

    private final List<String> parts;
    private final TargetFaults faults;
    private final Predicate<X> rejects;
    private final transient Map<String, Table<X>> tables;

    /** A target of some partitions. */
    public TransactionalTarget(String... parts) {
        this(List.of(parts), TargetFaults.NONE, row -> false, new TreeMap<>());
    }

    private TransactionalTarget(
            List<String> parts,
            TargetFaults faults,
            Predicate<X> rejects,
            Map<String, Table<X>> tables) {
        this.parts = parts;
        this.faults = faults;
        this.rejects = rejects;
        this.tables = tables;
    }

    /** The same target, with calls that fail. */
    public TransactionalTarget<X> withFaults(TargetFaults wanted) {
        return new TransactionalTarget<>(parts, wanted, rejects, tables);
    }

    /** The same target, which does not take some rows. */
    public TransactionalTarget<X> rejecting(Predicate<X> unwanted) {
        return new TransactionalTarget<>(parts, faults, unwanted, tables);
    }

    /** All rows, those of a partition in their order; a copy. */
    public List<X> rows() {
        synchronized (tables) {
            List<X> rows = new ArrayList<>();
            tables.values().forEach(table -> rows.addAll(table.rows));
            return rows;
        }
    }

    /** The marker of a partition; null if it has none. */
    public @Nullable Marker marker(String part) {
        synchronized (tables) {
            Table<X> table = tables.get(part);
            return table == null ? null : table.marker;
        }
    }

    /** Puts another marker, as a backup that is restored does. */
    public void restore(String part, @Nullable Marker marker) {
        synchronized (tables) {
            table(part).marker = marker;
        }
    }

    @Override
    public @Nullable String remembered(Owner owner) throws Exception {
        faults.at("remembered.before");
        Marker found = marker(owner.partition());
        return found == null ? null : "the marker of epoch " + found.epoch();
    }

    @Override
    public void forget(Owner owner) throws Exception {
        faults.at("forget.before");
        restore(owner.partition(), null);
    }

    @Override
    public List<String> listParts() {
        return parts;
    }

    @Override
    public TransactionalPartition<X> buildPart(String stepId, String forPart) {
        return new Partition(forPart);
    }

    private Table<X> table(String part) {
        return tables.computeIfAbsent(part, name -> new Table<>());
    }

    private static final class Table<X> {

        private final List<X> rows = new ArrayList<>();
        private @Nullable Marker marker;
    }

    private final class Partition implements TransactionalPartition<X>, ReleasablePartition {

        private final String part;

        Partition(String part) {
            this.part = part;
        }

        @Override
        public @Nullable Marker look(Owner owner) throws Exception {
            faults.at("look.before");
            return marker(part);
        }

        @Override
        public void release(Owner owner, Marker claimed, @Nullable Marker before) throws Exception {
            faults.at("release.before");
            synchronized (tables) {
                if (claimed.equals(table(part).marker)) {
                    table(part).marker = before;
                }
            }
            faults.at("release.after");
        }

        @Override
        public @Nullable Marker claim(Owner owner) throws Exception {
            faults.at("claim.before");
            Marker found;
            synchronized (tables) {
                found = table(part).marker;
                table(part).marker = owner.takeOver(found);
            }
            faults.at("claim.after");
            return found;
        }

        @Override
        public void apply(Commit commit, List<X> rows) throws Exception {
            faults.at("apply.before");
            synchronized (tables) {
                commit.check(table(part).marker);
            }
            checkRows(rows);
            List<X> sent = List.copyOf(rows);
            faults.at("apply.middle");
            synchronized (tables) {
                commit.check(table(part).marker);
                table(part).rows.addAll(sent);
                table(part).marker = commit.marker();
            }
            faults.at("apply.after");
        }

        private void checkRows(List<X> rows) throws Exception {
            Map<Integer, String> rejected = new TreeMap<>();
            for (int i = 0; i < rows.size(); i++) {
                if (rejects.test(rows.get(i))) {
                    rejected.put(i, "row " + rows.get(i) + " is not wanted");
                }
            }
            if (!rejected.isEmpty()) {
                throw new RejectedItemsException(rejected);
            }
        }
    }
}
