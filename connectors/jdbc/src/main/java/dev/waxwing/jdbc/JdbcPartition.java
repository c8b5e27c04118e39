package dev.waxwing.jdbc;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.RejectedItemsException;
import dev.waxwing.sink.ReleasablePartition;
import dev.waxwing.sink.TransactionalPartition;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A writer of a {@link JdbcSink}: holds a connection until it fails, and then takes another. */
final class JdbcPartition<X>
        implements TransactionalPartition<X>, ReleasablePartition, BlockingPartition {

    private final Database database;
    private final TableName table;
    private final RowForm<X> form;
    private final MarkerOptions markers;

    /** Written by the thread that uses the partition; others may cut its connection. */
    private volatile @Nullable MarkedTable<X> open;

    private JdbcPartition(
            Database database, TableName table, RowForm<X> form, MarkerOptions markers) {
        this.database = database;
        this.table = table;
        this.form = form;
        this.markers = markers;
    }

    /** Connects and checks what can be known before anything is written. */
    static <X> JdbcPartition<X> open(
            Database database, TableName table, RowForm<X> form, MarkerOptions markers)
            throws Exception {
        JdbcPartition<X> partition = new JdbcPartition<>(database, table, form, markers);
        partition.within(opened -> null);
        return partition;
    }

    @Override
    public @Nullable Marker look(Owner owner) throws Exception {
        return within(opened -> opened.look(owner));
    }

    @Override
    public void release(Owner owner, Marker claimed, @Nullable Marker before) throws Exception {
        within(
                opened -> {
                    opened.release(owner, claimed, before);
                    return null;
                });
    }

    @Override
    public @Nullable Marker claim(Owner owner) throws Exception {
        if (markers.onMissing() == OnMissing.CREATE) {
            within(
                    opened -> {
                        opened.createMarkersIfMissing();
                        return null;
                    });
        }
        try {
            return within(opened -> opened.claim(owner));
        } catch (SQLException e) {
            if (!SqlStates.isConstraint(e.getSQLState())) {
                throw e;
            }
            // Another execution has made the marker after it was looked for; now it is there.
            return within(opened -> opened.claim(owner));
        }
    }

    @Override
    public void apply(Commit commit, List<X> rows) throws Exception {
        within(
                opened -> {
                    opened.apply(commit, rows);
                    return null;
                });
    }

    @Override
    public void unblock() {
        MarkedTable<X> opened = open;
        Database.abort(opened == null ? null : opened.connection());
    }

    @Override
    public void close() throws SQLException {
        MarkedTable<X> opened = open;
        if (opened != null) {
            opened.close();
        }
    }

    private <R> @Nullable R within(Work<X, R> work) throws Exception {
        MarkedTable<X> opened = open;
        if (opened == null) {
            opened = MarkedTable.open(database, table, form, markers);
            open = opened;
        }
        try {
            return work.on(opened);
        } catch (FencedException | RejectedItemsException e) {
            throw e;
        } catch (Throwable e) {
            open = null;
            opened.giveUp(e);
            throw e;
        }
    }

    private interface Work<X, R> {
        @Nullable R on(MarkedTable<X> opened) throws Exception;
    }
}
