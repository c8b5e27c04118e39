package dev.waxwing.jdbc;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.sink.RejectedItemsException;
import dev.waxwing.sink.StatelessSinkPartition;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A worker's part of a {@link JdbcOffsetSink}: each batch is a transaction. */
final class JdbcOffsetPartition<X> implements StatelessSinkPartition<X>, BlockingPartition {

    private final Database database;
    private final TableName name;
    private final RowForm<X> form;

    /** Written by the partition's thread; others may cut its connection. */
    private volatile @Nullable OpenTable<X> table;

    private JdbcOffsetPartition(Database database, TableName name, RowForm<X> form) {
        this.database = database;
        this.name = name;
        this.form = form;
    }

    /** Connects and checks that the columns are there. */
    static <X> JdbcOffsetPartition<X> open(Database database, TableName name, RowForm<X> form)
            throws Exception {
        JdbcOffsetPartition<X> partition = new JdbcOffsetPartition<>(database, name, form);
        partition.opened();
        return partition;
    }

    @Override
    public void writeBatch(List<X> items) throws Exception {
        OpenTable<X> open = opened();
        Map<Integer, String> refused = Map.of();
        try {
            Rows<X> rows = open.rows(null, items);
            if (!open.tryWrite(rows)) {
                open.connection().rollback();
                refused = open.writeWhatCanBe(rows);
            }
            open.connection().commit();
        } catch (Throwable e) {
            table = null;
            open.giveUp(e);
            throw e;
        }
        if (!refused.isEmpty()) {
            throw new PartialWriteException(
                    refused.keySet().stream().mapToInt(Integer::intValue).toArray(),
                    new RejectedItemsException(refused));
        }
    }

    @Override
    public void unblock() {
        OpenTable<X> open = table;
        Database.abort(open == null ? null : open.connection());
    }

    @Override
    public void close() throws SQLException {
        OpenTable<X> open = table;
        if (open != null) {
            open.close();
        }
    }

    private OpenTable<X> opened() throws Exception {
        OpenTable<X> open = table;
        if (open == null) {
            open = OpenTable.open(database, name, form, OnKnownKey.KEEP);
            table = open;
        }
        return open;
    }
}
