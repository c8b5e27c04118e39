package dev.waxwing.jdbc;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a part of the rows, page by page. */
final class JdbcSourcePartition<T>
        implements StatefulSourcePartition<T, JdbcPosition>, BlockingPartition {

    /*
     * Each page is a query of its own, from the position on, so that no transaction is open while
     * items wait. A page is read as a whole before anything of it is emitted: a failure emits
     * nothing and leaves the position.
     *
     * A page begins with the row of the position, which is passed over, as are those that were read
     * and that the database takes for equal to it. What is equal there and looks different in Java
     * is a row of its own, so the position has all of these. Rows that look the same stop the read,
     * as nobody could say which of them was read.
     */
    private final Reading<T> reading;
    private final SourcePart part;

    /** Written by the partition's thread; others may cut it. */
    private volatile @Nullable Connection connection;

    private @Nullable PageQuery query;
    private JdbcPosition position;
    private @Nullable Instant awake;

    private JdbcSourcePartition(Reading<T> reading, SourcePart part, JdbcPosition position) {
        this.reading = reading;
        this.part = part;
        this.position = position;
    }

    /** Connects, and checks that the columns are there. */
    static <T> JdbcSourcePartition<T> open(
            Reading<T> reading, SourcePart part, @Nullable JdbcPosition resume) throws Exception {
        if (resume != null && !resume.columns().equals(reading.growing())) {
            throw new SQLException(
                    "partition '"
                            + part.name()
                            + "' was read by the columns "
                            + resume.columns()
                            + ", and is now to be read by "
                            + reading.growing()
                            + "; read by those as before, or start with an empty recovery store");
        }
        JdbcPosition position =
                resume == null ? new JdbcPosition(reading.growing(), List.of()) : resume;
        JdbcSourcePartition<T> partition = new JdbcSourcePartition<>(reading, part, position);
        try {
            partition.checkKnown(partition.opened());
            return partition;
        } catch (Throwable e) {
            partition.giveUp(e);
            throw e;
        }
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) throws Exception {
        awake = null;
        List<PageRow<T>> page;
        JdbcPosition behind;
        int count;
        try {
            page = page(opened());
            count = settled(page);
            if (page.size() < reading.batchItems()) {
                checkKnown(Objects.requireNonNull(query));
            }
            behind = behind(page.subList(0, count));
        } catch (Throwable e) {
            giveUp(e);
            throw e;
        }
        int emitted = 0;
        while (emitted < count) {
            PageRow<T> row = page.get(emitted++);
            if (row.item() != null) {
                out.emit(row.item());
            } else {
                out.reject(row.raw(), Objects.requireNonNull(row.failure()));
            }
            position = emitted < count ? at(row.position()) : behind;
        }
        if (emitted == reading.batchItems()) {
            return SourceStatus.OPEN;
        }
        if (emitted < page.size() && page.get(emitted).settled() == Lag.Settled.UNKNOWN) {
            if (emitted == 0) {
                throw unknown(page.get(0).position());
            }
            return SourceStatus.OPEN;
        }
        if (reading.pollInterval() == null) {
            return SourceStatus.ENDED;
        }
        awake = reading.clock().get().plus(reading.pollInterval());
        return SourceStatus.OPEN;
    }

    @Override
    public @Nullable Instant nextAwake() {
        return awake;
    }

    @Override
    public JdbcPosition snapshot() {
        return position;
    }

    @Override
    public void unblock() {
        Database.abort(connection);
    }

    @Override
    public void close() throws SQLException {
        Connection open = connection;
        if (open != null) {
            open.close();
        }
    }

    private PageQuery opened() throws Exception {
        if (connection == null) {
            Connection opened = reading.database().open();
            connection = opened;
            opened.setAutoCommit(true);
            query = PageQuery.of(opened, reading, part);
        }
        return Objects.requireNonNull(query);
    }

    private void giveUp(Throwable failure) {
        Connection failed = connection;
        connection = null;
        query = null;
        if (failed != null) {
            try {
                failed.close();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private List<PageRow<T>> page(PageQuery asked) throws SQLException {
        List<PageRow<T>> equal = new ArrayList<>();
        List<PageRow<T>> page = new ArrayList<>();
        Set<JdbcPosition> missing = read();
        Set<JdbcPosition> seen = new HashSet<>();
        try (PreparedStatement prepared =
                        asked.prepared(Objects.requireNonNull(connection), position);
                ResultSet row = prepared.executeQuery()) {
            StrictRow strict = new StrictRow(row);
            while (row.next()) {
                List<Object> values = asked.position(row);
                if (!seen.add(at(values))) {
                    throw ambiguous(values);
                }
                if (!asked.isAtPosition(row)) {
                    page.add(row(asked, row, strict, values));
                } else if (!missing.remove(at(values))) {
                    equal.add(row(asked, row, strict, values));
                }
            }
        }
        // Rows that were read and are missing are taken to be there with values that look new.
        page.addAll(0, equal.subList(Math.min(missing.size(), equal.size()), equal.size()));
        return page;
    }

    /* The row of the position, and those that are equal to it and were read. */
    private Set<JdbcPosition> read() {
        Set<JdbcPosition> read = new HashSet<>();
        if (!position.values().isEmpty()) {
            read.add(at(position.values()));
            position.alike().forEach(values -> read.add(at(values)));
        }
        return read;
    }

    /* How many rows of a page may be read now. */
    private int settled(List<PageRow<T>> page) {
        int count = 0;
        while (count < page.size()
                && count < reading.batchItems()
                && page.get(count).settled() == Lag.Settled.YES) {
            count++;
        }
        return count;
    }

    /* The position behind rows that are about to be read. */
    private JdbcPosition behind(List<PageRow<T>> rows) throws SQLException {
        if (rows.isEmpty()) {
            return position;
        }
        PageQuery asked = Objects.requireNonNull(query);
        List<Object> last = rows.get(rows.size() - 1).position();
        List<Object> before =
                rows.size() > 1 ? rows.get(rows.size() - 2).position() : position.values();
        if (!asked.mayBeEqual(before, last)) {
            return at(last);
        }
        Set<JdbcPosition> read = read();
        rows.forEach(row -> read.add(at(row.position())));
        read.remove(at(last));
        List<List<Object>> alike = new ArrayList<>();
        for (List<Object> values : asked.equal(Objects.requireNonNull(connection), last)) {
            if (read.remove(at(values))) {
                alike.add(values);
            }
        }
        return new JdbcPosition(reading.growing(), last, alike);
    }

    private JdbcPosition at(List<Object> values) {
        return new JdbcPosition(reading.growing(), values);
    }

    private PageRow<T> row(PageQuery asked, ResultSet row, StrictRow strict, List<Object> at)
            throws SQLException {
        Lag.Settled settled = asked.settled(row);
        try {
            T item = reading.rows().map(strict.begin());
            strict.end();
            return new PageRow<>(
                    at,
                    settled,
                    Objects.requireNonNull(item, "the function returned null"),
                    "",
                    null);
        } catch (Exception e) {
            if (e instanceof SQLException sql && SqlStates.isConnection(sql.getSQLState())) {
                throw sql;
            }
            return new PageRow<>(
                    at,
                    settled,
                    null,
                    raw(row, asked.userColumns(row)),
                    new SQLException(
                            "row "
                                    + shown(at)
                                    + " of partition '"
                                    + part.name()
                                    + "' cannot be read as an item: "
                                    + e,
                            e));
        }
    }

    /* A row without a place in the order would never be read, and nobody would know. */
    private void checkKnown(PageQuery asked) throws SQLException {
        List<String> columns = asked.withNull(Objects.requireNonNull(connection));
        if (!columns.isEmpty()) {
            throw new SQLException(
                    "partition '"
                            + part.name()
                            + "' has a row that is null in "
                            + columns
                            + ", by which rows are read in order, so that it would never be read;"
                            + " give it a value, read a query that does, by coalesce, or leave such"
                            + " rows out on purpose by withPart and the condition '"
                            + columns.get(0)
                            + " is not null'");
        }
    }

    private SQLException unknown(List<Object> values) {
        return new SQLException(
                "row "
                        + shown(values)
                        + " of partition '"
                        + part.name()
                        + "', by the columns "
                        + reading.growing()
                        + ", has no time in column '"
                        + Objects.requireNonNull(reading.lag()).column()
                        + "', so that nobody knows when it has settled; give it one, or read a"
                        + " query that does, by coalesce");
    }

    private SQLException ambiguous(List<Object> values) {
        return new SQLException(
                "partition '"
                        + part.name()
                        + "' has two rows with "
                        + shown(values)
                        + " in the columns "
                        + reading.growing()
                        + ", so that reading could not go on between them; add a column by which"
                        + " they differ, such as the primary key");
    }

    private static String shown(List<Object> values) {
        return Arrays.deepToString(values.toArray());
    }

    private static String raw(ResultSet row, int columns) {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            for (int i = 1; i <= columns; i++) {
                values.put(row.getMetaData().getColumnName(i), String.valueOf(row.getString(i)));
            }
        } catch (SQLException e) {
            values.put("unreadable", String.valueOf(e.getMessage()));
        }
        return values.toString();
    }

    /** A row; without an item it is to be rejected. */
    private record PageRow<T>(
            List<Object> position,
            Lag.Settled settled,
            @Nullable T item,
            String raw,
            @Nullable Exception failure) {}
}
