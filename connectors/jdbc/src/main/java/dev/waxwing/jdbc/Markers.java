package dev.waxwing.jdbc;

import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of markers, seen by one connection, whose transactions are the caller's. */
final class Markers {

    /** What PostgreSQL says of a statement that was given up for its time-out. */
    private static final String CANCELLED = "57014";

    private final Connection connection;
    private final MarkerSql sql;
    private final int lockWaitSeconds;

    Markers(Connection connection, MarkerSql sql, int lockWaitSeconds) {
        this.connection = connection;
        this.sql = sql;
        this.lockWaitSeconds = lockWaitSeconds;
    }

    /**
     * Checks that the table can be read.
     *
     * @throws SQLException that says what to do; the transaction has failed then
     */
    void require() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql.select())) {
            for (int i = 1; i <= 3; i++) {
                select.setString(i, "");
            }
            select.executeQuery().close();
        } catch (SQLException e) {
            throw new SQLException(
                    "the table of markers, "
                            + sql.table()
                            + ", cannot be read: "
                            + e.getMessage()
                            + "; if it is not there, make it: "
                            + sql.definition()
                            + "; or let the sink do it:"
                            + " withOnMissingMarkerTable(OnMissing.CREATE)",
                    e.getSQLState(),
                    e);
        }
    }

    /** Makes the table if it cannot be read; in transactions of its own. */
    void createIfMissing() throws SQLException {
        if (areThere()) {
            return;
        }
        try (Statement create = connection.createStatement()) {
            create.execute(sql.definition());
            connection.commit();
        } catch (SQLException e) {
            // Another execution may have made it meanwhile.
            connection.rollback();
            require();
        }
    }

    /** The marker, locked until the transaction ends; null if there is none. */
    @Nullable Marker locked(Owner owner) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(sql.lock())) {
            lock.setQueryTimeout(lockWaitSeconds);
            bindKey(lock, 1, owner);
            lock.executeUpdate();
        } catch (SQLException e) {
            if (e instanceof SQLTimeoutException || CANCELLED.equals(e.getSQLState())) {
                throw new SQLTimeoutException(
                        owner.place()
                                + " was locked by another session for "
                                + lockWaitSeconds
                                + " s; see that only one execution is running, and end sessions of"
                                + " the database that were left behind",
                        e.getSQLState(),
                        e);
            }
            throw e;
        }
        return read(owner);
    }

    /** The marker as it is; null if there is none. */
    @Nullable Marker read(Owner owner) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql.select())) {
            bindKey(select, 1, owner);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? marker(row) : null;
            }
        }
    }

    /** Whether the table can be read; in a transaction of its own. */
    boolean areThere() throws SQLException {
        try {
            require();
            return true;
        } catch (SQLException unreadable) {
            return false;
        } finally {
            connection.rollback();
        }
    }

    void insert(Owner owner, Marker marker) throws SQLException {
        write(sql.insert(), owner, marker);
    }

    void update(Owner owner, Marker marker) throws SQLException {
        write(sql.update(), owner, marker);
    }

    void delete(Owner owner) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql.delete())) {
            bindKey(delete, 1, owner);
            delete.executeUpdate();
        }
    }

    private void write(String statement, Owner owner, Marker marker) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(statement)) {
            write.setLong(1, marker.epoch());
            write.setLong(2, marker.generation());
            write.setString(3, marker.lineage().toString());
            write.setString(4, marker.owner().toString());
            bindKey(write, 5, owner);
            int written = write.executeUpdate();
            if (written != 1) {
                throw new SQLException(
                        owner.place()
                                + " was written to "
                                + written
                                + " rows in place of one; see that nothing else changes "
                                + sql.table());
            }
        }
    }

    private static void bindKey(PreparedStatement statement, int first, Owner owner)
            throws SQLException {
        statement.setString(first, owner.dataflow());
        statement.setString(first + 1, owner.step());
        statement.setString(first + 2, owner.partition());
    }

    private static Marker marker(ResultSet row) throws SQLException {
        return new Marker(
                row.getLong(1),
                row.getLong(2),
                UUID.fromString(row.getString(3)),
                UUID.fromString(row.getString(4)));
    }
}
