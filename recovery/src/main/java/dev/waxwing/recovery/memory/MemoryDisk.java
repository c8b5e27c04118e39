package dev.waxwing.recovery.memory;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.page.LiveEntries;
import dev.waxwing.recovery.page.PageConsumer;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.EpochHistory;
import dev.waxwing.recovery.store.EpochRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MemoryRecoveryStore} has made durable. Thread-safe.
 *
 * <p>Make one, open stores on it one after the other, and {@link #crash} it in between.
 */
public final class MemoryDisk {

    private static final int PAGES_MAX = 8;

    private final UUID lineage;
    private final EpochHistory history = new EpochHistory(description());
    private final MemorySegments segments = new MemorySegments();

    // guarded by this
    private final List<String> schemas = new ArrayList<>();
    private final List<UUID> tokens = new ArrayList<>();
    private final Map<StateId, List<StoredPage>> pages = new LinkedHashMap<>();
    private @Nullable String dataflowName;
    private @Nullable MemoryRecoveryStore holder;

    /** An empty disk with a lineage of its own. */
    public MemoryDisk() {
        this(UUID.randomUUID());
    }

    /** An empty disk with a known lineage, so that a simulation is the same each time. */
    public MemoryDisk(UUID lineage) {
        this.lineage = lineage;
    }

    /**
     * Takes the disk away from the store that has it open, as the end of a process does: what is
     * not durable is lost, and every further call of that store is refused.
     */
    public synchronized void crash() {
        holder = null;
        segments.crash();
    }

    /**
     * As {@link #crash()}, but some of what was not forced is on the disk all the same.
     *
     * @param survivors given how many bytes at the end of a segment were not forced, tells how many
     *     of them, the first ones, are there
     */
    public synchronized void crash(IntUnaryOperator survivors) {
        holder = null;
        segments.crash(survivors);
    }

    /** What is durable now, on a disk of its own that no store has open. */
    public synchronized MemoryDisk copy() {
        MemoryDisk copy = new MemoryDisk(lineage);
        history.copyTo(copy.history);
        segments.copyTo(copy.segments);
        copy.schemas.addAll(schemas);
        pages.forEach((state, stored) -> copy.pages.put(state, new ArrayList<>(stored)));
        copy.dataflowName = dataflowName;
        copy.tokens.addAll(tokens);
        return copy;
    }

    /** The names of the segments that are there. */
    public List<String> segmentNames() {
        return segments.names();
    }

    UUID lineage() {
        return lineage;
    }

    EpochHistory history() {
        return history;
    }

    MemorySegments segments() {
        return segments;
    }

    String description() {
        return "the recovery store in memory";
    }

    synchronized void claim(String dataflow, @Nullable String former) {
        if (holder != null) {
            throw new RecoveryException(
                    description()
                            + " is in use by generation "
                            + tokens.size()
                            + "; close that store, or crash its disk");
        }
        boolean isOurs =
                dataflowName == null
                        || dataflowName.equals(dataflow)
                        || dataflowName.equals(former);
        if (!isOurs) {
            throw new RecoveryException(
                    description()
                            + " belongs to dataflow '"
                            + dataflowName
                            + "', but '"
                            + dataflow
                            + "' was started; give each dataflow a disk of its own, or say"
                            + " formerly(\""
                            + dataflowName
                            + "\") of the dataflow if it was renamed");
        }
        if (dataflowName == null) {
            dataflowName = dataflow;
        }
    }

    /** From the first epoch that is decided on, the disk belongs to the dataflow by its name. */
    synchronized void name(String dataflow) {
        dataflowName = dataflow;
    }

    synchronized long nextGeneration(MemoryRecoveryStore store) {
        holder = store;
        tokens.add(store.token());
        return tokens.size();
    }

    synchronized boolean hadExecution(long generation, UUID token) {
        return generation > 0
                && generation <= tokens.size()
                && tokens.get((int) generation - 1).equals(token);
    }

    synchronized void release(MemoryRecoveryStore store) {
        if (holder == store) {
            holder = null;
        }
    }

    synchronized void checkHolder(MemoryRecoveryStore store) {
        if (holder != store) {
            throw new RecoveryException(
                    description()
                            + " was taken from generation "
                            + store.generation()
                            + " by a crash; open it again");
        }
    }

    synchronized List<String> schemas() {
        return List.copyOf(schemas);
    }

    synchronized void decide(EpochRecord record, List<StatePage> changes, List<String> newSchemas) {
        schemas.addAll(newSchemas);
        for (StatePage page : changes) {
            pages.computeIfAbsent(page.state(), state -> new ArrayList<>())
                    .add(new StoredPage(record.epoch(), page));
        }
        history.decide(record);
    }

    synchronized void restore(long epoch, PageConsumer consumer) {
        for (List<StoredPage> stored : pages.values()) {
            live(stored, epoch, consumer);
        }
    }

    synchronized void collect(List<EpochRecord> expired, Instant now, Duration retention) {
        history.forget(expired);
        long horizon = history.horizon(now, retention);
        for (List<StoredPage> stored : pages.values()) {
            stored.removeIf(page -> history.isCollectable(page.epoch(), now, retention));
            if (stored.stream().filter(page -> page.epoch() <= horizon).count() > PAGES_MAX) {
                compact(stored, horizon);
            }
        }
        pages.values().removeIf(List::isEmpty);
    }

    private void compact(List<StoredPage> stored, long horizon) {
        List<StoredPage> compacted = new ArrayList<>();
        live(stored, horizon, page -> compacted.add(new StoredPage(horizon, page)));
        for (StoredPage page : stored) {
            if (page.epoch() > horizon || history.isAbandoned(page.epoch())) {
                compacted.add(page);
            }
        }
        stored.clear();
        stored.addAll(compacted);
    }

    private void live(List<StoredPage> stored, long epoch, PageConsumer consumer) {
        LiveEntries live = new LiveEntries(consumer);
        boolean goOn = true;
        for (int i = stored.size() - 1; i >= 0 && goOn; i--) {
            StoredPage page = stored.get(i);
            if (page.epoch() <= epoch && !history.isAbandoned(page.epoch())) {
                goOn = live.accept(page.page());
            }
        }
    }

    private record StoredPage(long epoch, StatePage page) {}
}
