package dev.waxwing.jdbc;

import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;

/**
 * Writes items to a table at once, at least once, and leaves a row as it is if its key is there;
 * made by {@link JdbcSink#asOffsetSink}.
 *
 * <p>It needs no recovery store and no markers, and does not wait for an epoch. The price is a
 * condition: rows are right only if an item that is read again after a crash gets the same key as
 * before, and no other item ever gets that key. A position in a log is such a key, with all that a
 * flow makes of one position; a counter over the items is none, nor is what depends on the order in
 * which streams were merged. Nothing can notice that it does not hold. What is seen of an epoch
 * that was never decided stays.
 *
 * <p>Immutable.
 *
 * @param <X> item
 */
public final class JdbcOffsetSink<X> implements DynamicSink<X> {

    private static final long serialVersionUID = 1L;

    private final Database database;
    private final TableName table;
    private final RowForm<X> form;

    JdbcOffsetSink(Database database, TableName table, RowForm<X> form) {
        this.database = database;
        this.table = table;
        this.form = form;
    }

    @Override
    public StatelessSinkPartition<X> build(String stepId, int workerIndex, int workerCount)
            throws Exception {
        return JdbcOffsetPartition.open(database, table, form);
    }

    /** The table and the kind of database, and nothing that could be secret. */
    @Override
    public String toString() {
        return "JdbcOffsetSink into table '" + table.table() + "' of " + database;
    }
}
