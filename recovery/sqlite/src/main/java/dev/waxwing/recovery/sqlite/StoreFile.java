package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.RecoveryException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A connection to a store's file, with transactions and with errors that say what to do. Confined
 * to one thread at a time.
 */
final class StoreFile implements AutoCloseable {

    /** What a transaction puts into the log besides the pages that it writes, roughly. */
    private static final long TRANSACTION_BYTES = 4L * StoreFormat.FILE_PAGE_BYTES;

    private final Path directory;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    // written by the calling thread
    private @Nullable String failure;
    private long logBytes;
    private Work guard = () -> {};
    private StoreSeal seal = StoreSeal.ofEmpty(this);
    private Runnable afterForced = () -> {};
    private @Nullable StoreWatch watch;

    StoreFile(Path directory, Connection connection) {
        this.directory = directory;
        this.connection = connection;
    }

    /** How messages call the store. */
    String description() {
        return describe(directory);
    }

    static String describe(Path directory) {
        return "recovery store " + directory;
    }

    Path directory() {
        return directory;
    }

    /** A statement that is compiled once; its parameters are those of the last use. */
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    /** Runs a statement that has numbers for parameters. */
    void execute(String sql, long... parameters) throws SQLException {
        PreparedStatement statement = prepare(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setLong(i + 1, parameters[i]);
        }
        statement.executeUpdate();
    }

    /** Runs a statement without parameters to its end and passes over what it returns. */
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** The number that a query returns. */
    long number(String sql) throws SQLException {
        try (ResultSet rows = prepare(sql).executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /** The text that a query with a number for its parameter returns; empty if there is none. */
    String text(String sql, long parameter) throws SQLException {
        PreparedStatement statement = prepare(sql);
        statement.setLong(1, parameter);
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    /** Calls back for every row that a query returns. */
    void query(String sql, Row row) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                row.take(rows);
            }
        }
    }

    /** Tells how much was written; what the log has grown by cannot be seen from its size. */
    void countWritten(long bytes) {
        logBytes += bytes;
    }

    /** Copies the log back into the file if it has grown by so much; returns whether it did. */
    boolean copyLogBack(long bytesMax) {
        if (logBytes <= bytesMax) {
            return false;
        }
        try {
            run("PRAGMA wal_checkpoint(PASSIVE)");
            logBytes = 0;
            if (watch != null) {
                watch.copiedBack();
            }
            return true;
        } catch (SQLException e) {
            throw explain("copying its log back", e);
        }
    }

    /** From now on, begins each transaction with this, which throws if there must be none. */
    void guard(Work check) {
        guard = check;
    }

    /** What its rows add up to; all that changes rows goes through it. */
    StoreSeal seal() {
        return seal;
    }

    /** Tells what the rows add up to that are there. */
    void seal(StoreSeal found) {
        seal = found;
    }

    /** From now on, looks at its files before each transaction. */
    void watch(StoreWatch files) {
        watch = files;
    }

    /**
     * Checks that its files are what they were.
     *
     * @throws RecoveryException if one is not
     */
    void checkFiles() {
        if (watch != null) {
            watch.check();
        }
    }

    /** From now on, calls this when something has come to the disk for good. */
    void afterForced(Runnable action) {
        afterForced = action;
    }

    /** All or nothing, and on the disk when this returns. */
    void durably(String doing, Work work) {
        transact(doing, "FULL", work);
        afterForced.run();
    }

    /** All or nothing, and on the disk with the next durable transaction. */
    void lazily(String doing, Work work) {
        transact(doing, "NORMAL", work);
    }

    /** Sees the file as it is now, whatever others write meanwhile. */
    void reading(String doing, Work work) {
        try {
            run("BEGIN");
            try {
                work.run();
            } finally {
                rollback();
            }
        } catch (SQLException e) {
            throw explain(doing, e);
        }
    }

    private void transact(String doing, String synchronous, Work work) {
        if (failure != null) {
            throw new RecoveryException(failure);
        }
        checkFiles();
        try {
            run("PRAGMA synchronous=" + synchronous);
            run("BEGIN IMMEDIATE");
            boolean isCommitted = false;
            try {
                guard.run();
                work.run();
                seal.write();
                run("COMMIT");
                isCommitted = true;
                logBytes += TRANSACTION_BYTES;
                if (watch != null) {
                    watch.written();
                }
            } finally {
                if (isCommitted) {
                    seal.committed();
                } else {
                    seal.rolledBack();
                    rollback();
                }
            }
        } catch (SQLException e) {
            RecoveryException explained = explain(doing, e);
            forgetStatements();
            if (!mayPass(e)) {
                failure = description() + " failed before; close it and open it again to go on";
            }
            throw explained;
        }
    }

    /** The driver does not let a statement be used again that has failed. */
    private void forgetStatements() {
        for (PreparedStatement statement : statements.values()) {
            try {
                statement.close();
            } catch (SQLException failedBefore) {
                // the first error is reported
            }
        }
        statements.clear();
    }

    private void rollback() {
        try {
            run("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            // SQLite ends the transaction by itself after some errors; the first one is reported
        }
    }

    RecoveryException explain(String doing, SQLException error) {
        return explain(directory, doing, error);
    }

    static RecoveryException explain(Path directory, String doing, SQLException error) {
        String message =
                describe(directory)
                        + ", "
                        + doing
                        + ": "
                        + remedy(error)
                        + " ("
                        + error.getMessage()
                        + ")";
        return mayPass(error) || code(error) == SQLiteErrorCode.SQLITE_IOERR.code
                ? RecoveryException.passing(message, error)
                : new RecoveryException(message, error);
    }

    static boolean isFull(SQLException error) {
        return code(error) == SQLiteErrorCode.SQLITE_FULL.code;
    }

    private static boolean mayPass(SQLException error) {
        return isFull(error) || code(error) == SQLiteErrorCode.SQLITE_BUSY.code;
    }

    private static int code(SQLException error) {
        return error instanceof SQLiteException sqlite ? sqlite.getResultCode().code & 0xff : 0;
    }

    private static String remedy(SQLException error) {
        return switch (SQLiteErrorCode.getErrorCode(code(error))) {
            case SQLITE_FULL ->
                    "the disk is full; what was decided before is intact, free some space and try"
                            + " again";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                    "another program, or an execution that was stopped in the middle of writing,"
                            + " has locked the file; end it and try again";
            case SQLITE_CORRUPT ->
                    "the file is damaged or truncated; nothing was changed, restore the directory"
                            + " from a copy";
            case SQLITE_NOTADB ->
                    "the file is damaged, or is no recovery store; nothing was changed, restore"
                            + " the directory from a copy, or use another one";
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                    "the file cannot be opened for this; check the permissions of the directory"
                            + " and of what is in it";
            case SQLITE_IOERR ->
                    "the disk failed; what was decided before is intact if the disk is, check it"
                            + " and open the store again";
            default -> "the file cannot be used; restore the directory from a copy";
        };
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw explain("closing it", e);
        }
    }

    /** Something to do within a transaction. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    /** Takes one row of a result. */
    @FunctionalInterface
    interface Row {
        void take(ResultSet row) throws SQLException;
    }
}
