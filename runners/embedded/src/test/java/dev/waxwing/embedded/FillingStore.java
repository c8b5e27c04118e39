package dev.waxwing.embedded;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.page.PageConsumer;
import dev.waxwing.recovery.segment.Segments;
import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.RecoveryStore;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A store on a disk that has room for some epochs. */
final class FillingStore implements RecoveryStore {

    private final RecoveryStore store;
    private final Disk disk;

    FillingStore(RecoveryStore store, Disk disk) {
        this.store = store;
        this.disk = disk;
    }

    /** How many more epochs there is room for. */
    static final class Disk {

        private final AtomicInteger room;

        Disk(int room) {
            this.room = new AtomicInteger(room);
        }

        void free() {
            room.set(Integer.MAX_VALUE);
        }
    }

    @Override
    public void decide(EpochSnapshot snapshot) {
        if (disk.room.getAndDecrement() <= 0) {
            throw new RecoveryException(
                    "deciding epoch "
                            + snapshot.epoch()
                            + ": the disk is full; free some space and try again");
        }
        store.decide(snapshot);
    }

    @Override
    public UUID lineage() {
        return store.lineage();
    }

    @Override
    public long generation() {
        return store.generation();
    }

    @Override
    public long takenOverGeneration() {
        return store.takenOverGeneration();
    }

    @Override
    public void checkNotTakenOver() {
        store.checkNotTakenOver();
    }

    @Override
    public void checkIntact() {
        store.checkIntact();
    }

    @Override
    public UUID token() {
        return store.token();
    }

    @Override
    public boolean hadExecution(long generation, UUID token) {
        return store.hadExecution(generation, token);
    }

    @Override
    public long decidedEpoch() {
        return store.decidedEpoch();
    }

    @Override
    public long doneEpoch() {
        return store.doneEpoch();
    }

    @Override
    public long highestEpoch() {
        return store.highestEpoch();
    }

    @Override
    public List<EpochRecord> epochs() {
        return store.epochs();
    }

    @Override
    public int schemaId(String schemaText) {
        return store.schemaId(schemaText);
    }

    @Override
    public String schema(int id) {
        return store.schema(id);
    }

    @Override
    public void restore(long epoch, PageConsumer consumer) {
        store.restore(epoch, consumer);
    }

    @Override
    public void done(long epoch) {
        store.done(epoch);
    }

    @Override
    public boolean collect() {
        return store.collect();
    }

    @Override
    public void rewindTo(long epoch) {
        store.rewindTo(epoch);
    }

    @Override
    public Segments segments() {
        return store.segments();
    }

    @Override
    public void close() {
        store.close();
    }
}
