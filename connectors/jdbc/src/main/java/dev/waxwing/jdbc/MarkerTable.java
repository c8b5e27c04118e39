package dev.waxwing.jdbc;

import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The table of markers by itself, whether or not it or the table of rows is there. */
final class MarkerTable {

    private final Database database;
    private final TableName name;

    MarkerTable(Database database, TableName name) {
        this.database = database;
        this.name = name;
    }

    /** Tells of a marker; null if there is none. */
    @Nullable String remembered(Owner owner) throws Exception {
        return within(
                markers -> {
                    Marker found = markers.read(owner);
                    return found == null
                            ? null
                            : "the marker of epoch "
                                    + found.epoch()
                                    + " of "
                                    + owner.partition()
                                    + " in table "
                                    + name.table();
                });
    }

    /** Removes a marker; whoever commits by it fails. */
    void forget(Owner owner) throws Exception {
        within(
                markers -> {
                    if (markers.locked(owner) != null) {
                        markers.delete(owner);
                    }
                    return null;
                });
    }

    private @Nullable String within(Work work) throws Exception {
        try (Connection connection = database.open()) {
            connection.setAutoCommit(false);
            try {
                Markers markers = markers(connection);
                String result = isThere(connection, markers) ? work.on(markers) : null;
                connection.commit();
                return result;
            } catch (Throwable e) {
                connection.rollback();
                throw e;
            } finally {
                // Some pools hand a connection on as it is.
                connection.setAutoCommit(true);
            }
        }
    }

    private Markers markers(Connection connection) throws SQLException {
        Identifiers identifiers = Identifiers.of(connection);
        return new Markers(
                connection,
                MarkerSql.of(
                        name.quoted(identifiers),
                        identifiers,
                        Dialect.of(connection).keyTextType()),
                database.lockWaitSeconds());
    }

    /* One that is there and cannot be read is no reason to say that there is nothing. */
    private boolean isThere(Connection connection, Markers markers) throws SQLException {
        try {
            markers.require();
            return true;
        } catch (SQLException e) {
            connection.rollback();
            if (SqlStates.isMissingTable(e.getSQLState()) || !isListed(connection)) {
                return false;
            }
            throw e;
        }
    }

    private boolean isListed(Connection connection) throws SQLException {
        DatabaseMetaData facts = connection.getMetaData();
        try (ResultSet tables = facts.getTables(connection.getCatalog(), null, null, null)) {
            while (tables.next()) {
                if (name.table().equals(tables.getString("TABLE_NAME"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private interface Work {
        @Nullable String on(Markers markers) throws SQLException;
    }
}
