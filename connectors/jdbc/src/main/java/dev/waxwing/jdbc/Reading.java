package dev.waxwing.jdbc;

import dev.waxwing.function.Mapper;
import dev.waxwing.function.Supplier;
import java.io.Serializable;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the partitions of a {@link JdbcSource} have in common; its own methods explain each.
 *
 * @param lag null if rows are read at once
 */
record Reading<T>(
        Database database,
        Relation relation,
        Mapper<? super ResultSet, ? extends T> rows,
        int batchItems,
        @Nullable Lag lag,
        Polling polling)
        implements Serializable {

    Reading {
        if (batchItems < 1) {
            throw new IllegalArgumentException(
                    "batchItems must be 1 or more, but was " + batchItems);
        }
    }

    /**
     * Where the rows come from.
     *
     * @param table null if a query is read
     * @param query of the user's; empty if a table is read
     * @param growing names of the columns that grow, together different for each row
     */
    record Relation(@Nullable TableName table, String query, List<String> growing)
            implements Serializable {

        Relation {
            if (growing.isEmpty()) {
                throw new IllegalArgumentException(
                        "growing must name at least one column that grows, such as the primary"
                                + " key");
            }
            growing = List.copyOf(growing);
            growing.forEach(name -> Identifiers.check("the name of a column", name));
        }
    }

    /**
     * Looking for more rows.
     *
     * @param interval null to end where the rows do
     */
    record Polling(@Nullable Duration interval, Supplier<Instant> clock) implements Serializable {

        Polling {
            if (interval != null && (interval.isNegative() || interval.isZero())) {
                throw new IllegalArgumentException(
                        "pollInterval must be longer than zero, but was " + interval);
            }
        }
    }

    @Nullable TableName table() {
        return relation.table;
    }

    String query() {
        return relation.query;
    }

    List<String> growing() {
        return relation.growing;
    }

    @Nullable Duration pollInterval() {
        return polling.interval;
    }

    Supplier<Instant> clock() {
        return polling.clock;
    }

    Reading<T> withTable(TableName changed) {
        return new Reading<>(
                database,
                new Relation(changed, relation.query, relation.growing),
                rows,
                batchItems,
                lag,
                polling);
    }

    Reading<T> withBatchItems(int items) {
        return new Reading<>(database, relation, rows, items, lag, polling);
    }

    Reading<T> withLag(Lag changed) {
        return new Reading<>(database, relation, rows, batchItems, changed, polling);
    }

    Reading<T> withPolling(Duration interval, Supplier<Instant> by) {
        return new Reading<>(database, relation, rows, batchItems, lag, new Polling(interval, by));
    }
}
