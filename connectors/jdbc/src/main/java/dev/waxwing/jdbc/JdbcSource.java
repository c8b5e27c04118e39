package dev.waxwing.jdbc;

import dev.waxwing.function.Mapper;
import dev.waxwing.function.Supplier;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.Serializable;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of a table in the order of columns that grow with it, such as {@code updated_at} and
 * {@code id}, and goes on after the last row that was read.
 *
 * <pre>{@code
 * JdbcSource.from(
 *                 Database.of(dataSource),
 *                 "orders",
 *                 List.of("updated_at", "id"),
 *                 row -> new Order(row.getLong("id"), row.getString("name")))
 *         .withPollInterval(Duration.ofSeconds(5))
 *         .withLag("updated_at", Duration.ofSeconds(30))
 * }</pre>
 *
 * <p>Each row is read exactly once for each of its values in these columns, provided that
 *
 * <ul>
 *   <li>no two rows have the same values in all of them: that is noticed, and stops the execution.
 *       Rows that only the database takes for equal, such as "a" and "A", are different;
 *   <li>no row appears behind the position. A transaction that takes its time or its number early
 *       and commits late does that: {@link #withLag} waits for it;
 *   <li>the columns are not null: a row where one is stops the execution. A condition of {@link
 *       #withPart} may leave such rows out.
 * </ul>
 *
 * A row that is updated is read again if its columns have grown; what it was in between, and that
 * it was deleted, is not seen.
 *
 * <p>A partition blocks, and so has a thread; it holds one connection and no transaction.
 *
 * <p>Immutable; {@code with…} methods return copies. Serializable if the database and functions
 * are.
 *
 * @param <T> item
 */
public final class JdbcSource<T> implements FixedPartitionedSource<T, JdbcPosition> {

    private static final long serialVersionUID = 1L;

    private static final int DEFAULT_BATCH_ITEMS = 1_000;

    private final Reading<T> reading;
    private final List<SourcePart> parts;

    private JdbcSource(Reading<T> reading, List<SourcePart> parts) {
        this.reading = reading;
        this.parts = parts;
    }

    /**
     * Reads a table.
     *
     * @param table its name alone, without a schema, as the database has it
     * @param growing names of the columns, the first grows slowest; at least one
     * @param rows makes an item of the row that the result is at; reads its columns and nothing
     *     else. A row for which it throws or returns null is rejected, and so is one of which it
     *     asks for a null by a method such as {@code getLong}, and not {@code wasNull} next. For
     *     dates and times it should ask for types of {@code java.time}, as those of {@code
     *     java.sql} lose an hour where the clocks change
     */
    public static <T> JdbcSource<T> from(
            Database database,
            String table,
            List<String> growing,
            Mapper<? super ResultSet, ? extends T> rows) {
        return of(database, new TableName(null, table), "", growing, rows);
    }

    /**
     * Reads what a query selects, as {@link #from} reads a table.
     *
     * @param query in SQL, a constant of the program: it is not quoted. It needs no order
     */
    public static <T> JdbcSource<T> ofQuery(
            Database database,
            String query,
            List<String> growing,
            Mapper<? super ResultSet, ? extends T> rows) {
        return of(database, null, query, growing, rows);
    }

    /** The schema of the table; that of the connection if it is not given. */
    public JdbcSource<T> withSchema(String schema) {
        TableName table = reading.table();
        if (table == null) {
            throw new IllegalStateException("a query names its schemas itself");
        }
        return new JdbcSource<>(reading.withTable(table.in(schema)), parts);
    }

    /**
     * Reads the rows of a condition as a partition of its own. Without any, all rows are one
     * partition. A row that is in two partitions is read by both, one that is in none by none.
     *
     * @param name of the partition, under which its position is kept
     * @param condition in SQL, a constant of the program: {@code region = ? and id < ?}. A row for
     *     which it is unknown, as a column is null, is not in the partition
     * @param values bound to its question marks
     * @throws IllegalArgumentException if a text has half of a surrogate pair
     */
    public JdbcSource<T> withPart(String name, String condition, Serializable... values) {
        List<SourcePart> more = new ArrayList<>(parts);
        more.add(new SourcePart(name, condition, List.of(values)));
        return new JdbcSource<>(reading, List.copyOf(more));
    }

    /** How many rows a query fetches, and how many are emitted at a time; 1,000 by default. */
    public JdbcSource<T> withBatchItems(int items) {
        return new JdbcSource<>(reading.withBatchItems(items), parts);
    }

    /** Does not end where the rows do but looks again, so long after it found nothing more. */
    public JdbcSource<T> withPollInterval(Duration interval) {
        return withPolling(interval, Instant::now);
    }

    /**
     * Reads a row when it has settled: when a time in one of its columns lies so far back by the
     * clock of the database. Reading stops before the first row that has not, and fails before one
     * whose time is null.
     *
     * @param timeColumn when the row was written, such as {@code default now()}; of a type with
     *     time zone, for otherwise it would be of whatever zone the session has
     * @param lag at least twice as long as a transaction takes that writes rows
     */
    public JdbcSource<T> withLag(String timeColumn, Duration lag) {
        return new JdbcSource<>(reading.withLag(new Lag(timeColumn, lag, null)), parts);
    }

    /**
     * As {@link #withLag(String, Duration)}, for a column of a type without time zone. In the hour
     * that a zone has twice, a row may wait an hour longer.
     *
     * @param zone of the times in the column
     */
    public JdbcSource<T> withLag(String timeColumn, Duration lag, ZoneId zone) {
        Objects.requireNonNull(zone, "zone must not be null");
        return new JdbcSource<>(reading.withLag(new Lag(timeColumn, lag, zone)), parts);
    }

    /** For tests: another clock than the system's. */
    JdbcSource<T> withPolling(Duration interval, Supplier<Instant> clock) {
        return new JdbcSource<>(reading.withPolling(interval, clock), parts);
    }

    @Override
    public List<String> listParts() {
        return parts.isEmpty()
                ? List.of(allRows().name())
                : parts.stream().map(SourcePart::name).toList();
    }

    @Override
    public StatefulSourcePartition<T, JdbcPosition> buildPart(
            String stepId, String forPart, @Nullable JdbcPosition resumeState) throws Exception {
        for (SourcePart part : parts) {
            if (part.name().equals(forPart)) {
                return JdbcSourcePartition.open(reading, part, resumeState);
            }
        }
        return JdbcSourcePartition.open(reading, allRows(), resumeState);
    }

    /** What is read, and of which kind of database, and nothing that could be secret. */
    @Override
    public String toString() {
        return "JdbcSource of " + allRows().name() + " of " + reading.database();
    }

    private SourcePart allRows() {
        TableName table = reading.table();
        return new SourcePart(table == null ? "query" : table.table(), "", List.of());
    }

    private static <T> JdbcSource<T> of(
            Database database,
            @Nullable TableName table,
            String query,
            List<String> growing,
            Mapper<? super ResultSet, ? extends T> rows) {
        return new JdbcSource<>(
                new Reading<>(
                        database,
                        new Reading.Relation(table, query, growing),
                        rows,
                        DEFAULT_BATCH_ITEMS,
                        null,
                        new Reading.Polling(null, Instant::now)),
                List.of());
    }
}
