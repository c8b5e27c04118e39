package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.store.FaultHook;
import dev.waxwing.recovery.store.StoreOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * The generation of the execution that has a store's file open: recorded when it begins, and
 * compared with the newest one in each transaction after. Confined to one thread at a time.
 */
final class OwnGeneration {

    /*
     * An execution that is taken over may go on at any time, between any two of its statements. That it
     * writes no more rests on the file's own locks alone: the newer generation is recorded in a transaction, what the
     * older one decides is, too, and of two transactions one is first. If it is the older one's, the newer execution
     * resumes from it, since it reads what there is in the transaction in which it records itself.
     *
     * The newest generation that was taken over is kept for sinks: what that execution, or an earlier one that was
     * taken over, has open, it may still write to.
     */

    private static final String TAKEN_OVER = "taken_over";

    private final StoreFile file;
    private final StoreLock lock;
    private final StoreOptions options;
    private final UUID token;

    // written once, by begin
    private long number;
    private long takenOver;

    OwnGeneration(StoreFile file, StoreLock lock, StoreOptions options) {
        this.file = file;
        this.lock = lock;
        this.options = options;
        this.token = options.tokens().get();
    }

    /**
     * Records the generation; no older one writes to the file after.
     *
     * @param dataflowName of the execution
     * @param marked as {@link StoreMark} said before
     */
    StoreContents begin(String dataflowName, StoreMark.Point marked, FaultHook faults) {
        String former = lock.former();
        StoreContents[] contents = new StoreContents[1];
        file.durably(
                former == null ? "recording its generation" : "taking it over from " + former,
                () -> {
                    faults.at("begin.locked");
                    StoreContents read = StoreContents.read(file, marked);
                    contents[0] = read;
                    StoreOpening.checkDataflow(
                            file, read.dataflowName(), dataflowName, options.formerName());
                    number = newest() + 1;
                    if (number == 1) {
                        fillMark(read.point());
                    }
                    file.seal(read.seal());
                    insert();
                    takenOver =
                            file.number("SELECT value FROM meta WHERE name = '" + TAKEN_OVER + "'");
                    if (former != null) {
                        recordTakenOver();
                    }
                    faults.at("begin.recorded");
                    lock.confirm();
                    faults.at("begin.confirmed");
                });
        faults.at("begin.committed");
        lock.moveIntoPlace();
        file.guard(this::check);
        return contents[0];
    }

    long number() {
        return number;
    }

    /** Of this execution. */
    UUID token() {
        return token;
    }

    /** Whether an earlier generation had a token. */
    boolean isAfter(long earlier, UUID itsToken) throws SQLException {
        return earlier < number
                && file.text("SELECT token FROM generation WHERE number = ?", earlier)
                        .equals(itsToken.toString());
    }

    /** The newest generation that was taken over; 0 if none was. */
    long takenOver() {
        return takenOver;
    }

    /** Throws if a later one has been recorded, or is free to be. */
    void check() throws SQLException {
        if (newest() != number) {
            file.query(
                    "SELECT number, pid, host, started_at FROM generation ORDER BY number DESC"
                            + " LIMIT 1",
                    row -> {
                        throw RecoveryException.takenOver(
                                file.description()
                                        + " was taken over by generation "
                                        + row.getLong(1)
                                        + ", process "
                                        + row.getLong(2)
                                        + " on host "
                                        + row.getString(3)
                                        + " since "
                                        + Instant.ofEpochMilli(row.getLong(4))
                                        + ", while generation "
                                        + number
                                        + " was running, which writes no more; nothing is lost, as"
                                        + " that execution goes on from the last decided epoch:"
                                        + " leave the work to it, or give this one a directory and"
                                        + " targets of its own");
                    });
        }
        lock.checkInPlace();
    }

    private long newest() throws SQLException {
        return file.number("SELECT max(number) FROM generation");
    }

    private void insert() throws SQLException {
        file.seal()
                .insert(
                        StoreTable.GENERATION,
                        number,
                        options.clock().millis(),
                        ProcessHandle.current().pid(),
                        StoreLock.host(),
                        options.workers(),
                        token.toString());
    }

    private void recordTakenOver() throws SQLException {
        if (takenOver > 0) {
            file.seal().delete(StoreTable.META, TAKEN_OVER, Long.toString(takenOver));
        }
        takenOver = number - 1;
        file.seal().insert(StoreTable.META, TAKEN_OVER, Long.toString(takenOver));
    }

    /* Nobody else does so meanwhile: the file is locked for writing. */
    private void fillMark(StoreMark.Point point) {
        try (StoreMark mark = StoreMark.open(file.directory(), number)) {
            mark.fill(point);
        } catch (IOException e) {
            throw StoreOpening.unusable(file.directory(), e);
        }
    }
}
