package dev.waxwing.recovery;

import java.sql.PreparedStatement;
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

    /** Records the generation; no older one writes to the file after. */
    StoreContents begin() {
        String former = lock.former();
        StoreContents[] contents = new StoreContents[1];
        file.durably(
                former == null ? "recording its generation" : "taking it over from " + former,
                () -> {
                    contents[0] = StoreContents.read(file);
                    number = newest() + 1;
                    insert();
                    if (former != null) {
                        insertTakenOver();
                    }
                    takenOver =
                            file.number("SELECT value FROM meta WHERE name = '" + TAKEN_OVER + "'");
                    lock.confirm();
                });
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

    /** Throws if a later one has been recorded. */
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
    }

    private long newest() throws SQLException {
        return file.number("SELECT max(number) FROM generation");
    }

    private void insert() throws SQLException {
        PreparedStatement statement =
                file.prepare(
                        "INSERT INTO generation(number, started_at, pid, host, workers, token)"
                                + " VALUES(?, ?, ?, ?, ?, ?)");
        statement.setLong(1, number);
        statement.setLong(2, options.clock().millis());
        statement.setLong(3, ProcessHandle.current().pid());
        statement.setString(4, StoreLock.host());
        statement.setInt(5, options.workers());
        statement.setString(6, token.toString());
        statement.executeUpdate();
    }

    private void insertTakenOver() throws SQLException {
        PreparedStatement statement =
                file.prepare("INSERT OR REPLACE INTO meta(name, value) VALUES(?, ?)");
        statement.setString(1, TAKEN_OVER);
        statement.setString(2, Long.toString(number - 1));
        statement.executeUpdate();
    }
}
