package dev.waxwing.jdbc;

import dev.waxwing.sink.Commit;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.RejectedItemsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table and its markers, written together. After an exception it must be {@linkplain #giveUp
 * given up}, but for those that say otherwise.
 */
final class MarkedTable<X> {

    private final OpenTable<X> table;
    private final Connection connection;
    private final Markers markers;

    private MarkedTable(OpenTable<X> table, Markers markers) {
        this.table = table;
        this.connection = table.connection();
        this.markers = markers;
    }

    /**
     * Connects, and checks that all is there that will be needed; changes nothing.
     *
     * @throws SQLException that says what is missing
     */
    static <X> MarkedTable<X> open(
            Database database, TableName name, RowForm<X> form, MarkerOptions options)
            throws Exception {
        OpenTable<X> table = OpenTable.open(database, name, form, OnKnownKey.REPLACE);
        try {
            Identifiers identifiers = Identifiers.of(table.connection());
            Markers markers =
                    new Markers(
                            table.connection(),
                            MarkerSql.of(
                                    name.beside(options.table()).quoted(identifiers),
                                    identifiers,
                                    table.dialect().keyTextType()),
                            database.lockWaitSeconds());
            if (options.onMissing() == OnMissing.FAIL) {
                markers.require();
                table.connection().rollback();
            }
            return new MarkedTable<>(table, markers);
        } catch (Throwable e) {
            table.giveUp(e);
            throw e;
        }
    }

    /** Makes the table of markers if it is not there. */
    void createMarkersIfMissing() throws SQLException {
        markers.createIfMissing();
    }

    /**
     * Takes over the marker.
     *
     * @return the marker as it was
     * @throws FencedException if it must stay as it is, which it does; this can be used further
     */
    @Nullable Marker claim(Owner owner) throws SQLException, FencedException {
        try {
            Marker found = markers.locked(owner);
            Marker taken = owner.takeOver(found);
            if (found == null) {
                markers.insert(owner, taken);
            } else {
                markers.update(owner, taken);
            }
            connection.commit();
            return found;
        } catch (FencedException e) {
            connection.rollback();
            throw e;
        }
    }

    /** The marker as it is; null if there is none, or no table of markers. */
    @Nullable Marker look(Owner owner) throws SQLException {
        try {
            return markers.areThere() ? markers.read(owner) : null;
        } finally {
            connection.rollback();
        }
    }

    /** Puts the marker back as it was before it was claimed, unless it has changed since. */
    void release(Owner owner, Marker claimed, @Nullable Marker before) throws SQLException {
        if (claimed.equals(markers.locked(owner))) {
            if (before == null) {
                markers.delete(owner);
            } else {
                markers.update(owner, before);
            }
        }
        connection.commit();
    }

    /**
     * Writes items and the marker in one transaction.
     *
     * @throws FencedException if the marker is not the owner's; nothing is written, and this can be
     *     used further
     * @throws RejectedItemsException if items are refused; likewise
     */
    void apply(Commit commit, List<X> items)
            throws SQLException, FencedException, RejectedItemsException {
        Rows<X> rows = table.rows(commit, items);
        try {
            commit.check(markers.locked(commit.owner()));
            if (!table.tryWrite(rows)) {
                connection.rollback();
                commit.check(markers.locked(commit.owner()));
                Map<Integer, String> refused = table.writeWhatCanBe(rows);
                if (!refused.isEmpty()) {
                    throw new RejectedItemsException(refused);
                }
            }
            markers.update(commit.owner(), commit.marker());
        } catch (FencedException | RejectedItemsException e) {
            connection.rollback();
            throw e;
        }
        commit(commit);
    }

    Connection connection() {
        return connection;
    }

    /** Closes the connection after a failure, which is told what else fails. */
    void giveUp(Throwable failure) {
        table.giveUp(failure);
    }

    void close() throws SQLException {
        table.close();
    }

    private void commit(Commit commit) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (!SqlStates.isConstraint(e.getSQLState())) {
                throw e;
            }
            throw new SQLException(
                    "the database refused epoch "
                            + commit.epoch()
                            + " as a whole when it was committed: "
                            + table.dialect().reason(e)
                            + "; a deferred constraint does not tell which row broke it, so declare"
                            + " it not deferred, or put right what it refers to",
                    e.getSQLState(),
                    e);
        }
    }
}
