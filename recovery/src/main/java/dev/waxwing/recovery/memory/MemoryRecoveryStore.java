package dev.waxwing.recovery.memory;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.page.PageConsumer;
import dev.waxwing.recovery.segment.Segments;
import dev.waxwing.recovery.store.EpochHistory;
import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.FaultHook;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.SchemaDictionary;
import dev.waxwing.recovery.store.StoreOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A store in memory, for tests and simulation. What it has made durable is in its {@link
 * MemoryDisk}, outlives {@link #close} and crashes, and is there when the disk is opened again.
 *
 * <p>Keeps the whole contract, but collects eagerly and without bounds.
 */
public final class MemoryRecoveryStore implements RecoveryStore {

    private final MemoryDisk disk;
    private final StoreOptions options;
    private final String dataflowName;
    private final FaultHook faults;
    private final UUID token;
    private final long generation;
    private final SchemaDictionary schemas;

    // guarded by the disk
    private boolean isClosed;

    private MemoryRecoveryStore(
            MemoryDisk disk, String dataflowName, StoreOptions options, FaultHook faults) {
        this.dataflowName = dataflowName;
        this.disk = disk;
        this.options = options;
        this.faults = faults;
        faults.at("open.before");
        this.token = options.tokens().get();
        this.generation = disk.nextGeneration(this);
        faults.at("open.after");
        this.schemas = new SchemaDictionary(disk.schemas());
    }

    /** Opens a disk that never fails. */
    public static MemoryRecoveryStore open(
            MemoryDisk disk, String dataflowName, StoreOptions options) {
        return open(disk, dataflowName, options, FaultHook.NONE);
    }

    /**
     * Opens a disk; it is written to at once, as the generation is durable.
     *
     * @param dataflowName that the disk belongs to, if it is not new
     * @throws RecoveryException if another store has the disk open, or it belongs to another
     *     dataflow
     */
    public static MemoryRecoveryStore open(
            MemoryDisk disk, String dataflowName, StoreOptions options, FaultHook faults) {
        disk.claim(Objects.requireNonNull(dataflowName, "dataflowName"), options.formerName());
        return new MemoryRecoveryStore(disk, dataflowName, options, faults);
    }

    @Override
    public UUID lineage() {
        return disk.lineage();
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public long takenOverGeneration() {
        return 0;
    }

    @Override
    public void checkNotTakenOver() {
        checkOpen();
    }

    @Override
    public void checkIntact() {
        checkOpen();
    }

    @Override
    public UUID token() {
        return token;
    }

    @Override
    public boolean hadExecution(long number, UUID itsToken) {
        synchronized (disk) {
            checkOpen();
            return number < generation && disk.hadExecution(number, itsToken);
        }
    }

    @Override
    public long decidedEpoch() {
        synchronized (disk) {
            return history().decided();
        }
    }

    @Override
    public long doneEpoch() {
        synchronized (disk) {
            return history().done();
        }
    }

    @Override
    public long highestEpoch() {
        synchronized (disk) {
            return history().highest();
        }
    }

    @Override
    public List<EpochRecord> epochs() {
        synchronized (disk) {
            return history().kept();
        }
    }

    @Override
    public int schemaId(String schemaText) {
        return schemas.id(schemaText);
    }

    @Override
    public String schema(int id) {
        return schemas.text(id, disk.description());
    }

    @Override
    public void restore(long epoch, PageConsumer consumer) {
        synchronized (disk) {
            history().checkRestorable(epoch);
            faults.at("restore.before");
            disk.restore(epoch, consumer);
            faults.at("restore.after");
        }
    }

    @Override
    public void decide(EpochSnapshot snapshot) {
        synchronized (disk) {
            history().checkNext(snapshot.epoch());
            snapshot.pages().forEach(schemas::check);
            faults.at("decide.before");
            EpochRecord record =
                    new EpochRecord(
                            snapshot.epoch(),
                            generation,
                            options.workers(),
                            now(),
                            false,
                            true,
                            snapshot.notes());
            List<String> newSchemas = schemas.pending();
            disk.decide(record, snapshot.pages(), newSchemas);
            disk.name(dataflowName);
            schemas.stored(newSchemas.size());
            faults.at("decide.after");
        }
    }

    @Override
    public void done(long epoch) {
        synchronized (disk) {
            history().checkDecided(epoch);
            if (epoch <= disk.history().done()) {
                return;
            }
            faults.at("done.before");
            disk.history().markDone(epoch);
            faults.at("done.after");
            collect();
        }
    }

    @Override
    public boolean collect() {
        synchronized (disk) {
            Duration retention = options.retention();
            List<EpochRecord> expired = history().expired(now(), retention);
            faults.at("collect.before");
            disk.collect(expired, now(), retention);
            faults.at("collect.after");
            return false;
        }
    }

    @Override
    public void rewindTo(long epoch) {
        synchronized (disk) {
            EpochHistory.Rewind rewind = history().planRewind(epoch, now());
            if (epoch == disk.history().decided()) {
                return;
            }
            faults.at("rewind.before");
            disk.history().rewind(rewind);
            faults.at("rewind.after");
        }
    }

    @Override
    public Segments segments() {
        return disk.segments().of(faults, this::checkOpen);
    }

    @Override
    public void close() {
        synchronized (disk) {
            isClosed = true;
            disk.release(this);
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(options.clock().millis());
    }

    private EpochHistory history() {
        checkOpen();
        return disk.history();
    }

    private void checkOpen() {
        synchronized (disk) {
            if (isClosed) {
                throw new IllegalStateException(disk.description() + " was closed; open it again");
            }
            disk.checkHolder(this);
        }
    }
}
