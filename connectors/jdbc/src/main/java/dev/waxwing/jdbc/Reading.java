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
 * @param table null if a query is read
 * @param query of the user's; empty if a table is read
 * @param growing names of the columns that grow, together different for each row
 * @param lag null if rows are read at once
 * @param pollInterval null to end where the rows do
 */
record Reading<T>(
        Database database,
        @Nullable TableName table,
        String query,
        List<String> growing,
        Mapper<? super ResultSet, ? extends T> rows,
        int batchItems,
        @Nullable Lag lag,
        @Nullable Duration pollInterval,
        Supplier<Instant> clock)
        implements Serializable {

    Reading {
        if (growing.isEmpty()) {
            throw new IllegalArgumentException(
                    "growing must name at least one column that grows, such as the primary key");
        }
        growing = List.copyOf(growing);
        growing.forEach(name -> Identifiers.check("the name of a column", name));
        if (batchItems < 1) {
            throw new IllegalArgumentException(
                    "batchItems must be 1 or more, but was " + batchItems);
        }
        if (pollInterval != null && (pollInterval.isNegative() || pollInterval.isZero())) {
            throw new IllegalArgumentException(
                    "pollInterval must be longer than zero, but was " + pollInterval);
        }
    }

    Reading<T> withTable(TableName changed) {
        return new Reading<>(
                database, changed, query, growing, rows, batchItems, lag, pollInterval, clock);
    }

    Reading<T> withBatchItems(int items) {
        return new Reading<>(
                database, table, query, growing, rows, items, lag, pollInterval, clock);
    }

    Reading<T> withLag(Lag changed) {
        return new Reading<>(
                database, table, query, growing, rows, batchItems, changed, pollInterval, clock);
    }

    Reading<T> withPolling(Duration interval, Supplier<Instant> by) {
        return new Reading<>(database, table, query, growing, rows, batchItems, lag, interval, by);
    }
}
