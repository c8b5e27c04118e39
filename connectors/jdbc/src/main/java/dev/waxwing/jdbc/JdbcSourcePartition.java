package dev.waxwing.jdbc;

import dev.waxwing.source.BlockingPartition;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a part of the rows, page by page. */
final class JdbcSourcePartition<T>
        implements StatefulSourcePartition<T, JdbcPosition>, BlockingPartition {

    /*
     * Each page is a query of its own, from the position on, so that no transaction is open while
     * items wait. A page is read as a whole before anything of it is emitted: a failure emits
     * nothing and leaves the position.
     *
     * A page is asked for with one row more than it has. The additional row tells whether there is
     * more, and, if it has the position of the row before, that a page could end between the two,
     * and one would be lost.
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
            partition.opened();
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
        try {
            page = page(opened());
        } catch (Throwable e) {
            giveUp(e);
            throw e;
        }
        int emitted = 0;
        while (emitted < page.size()
                && emitted < reading.batchItems()
                && page.get(emitted).isSettled()) {
            PageRow<T> row = page.get(emitted++);
            if (row.item() != null) {
                out.emit(row.item());
            } else {
                out.reject(row.raw(), Objects.requireNonNull(row.failure()));
            }
            position = new JdbcPosition(reading.growing(), row.position());
        }
        if (emitted == reading.batchItems()) {
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
            query = PageQuery.of(opened, reading, part, reading.batchItems() + 1);
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
        try (PreparedStatement prepared =
                        asked.prepared(Objects.requireNonNull(connection), position.values());
                ResultSet row = prepared.executeQuery()) {
            List<PageRow<T>> page = new ArrayList<>();
            while (row.next()) {
                PageRow<T> next = row(asked, row);
                if (!page.isEmpty()
                        && page.get(page.size() - 1).position().equals(next.position())) {
                    throw ambiguous(next.position());
                }
                page.add(next);
            }
            return page;
        }
    }

    private PageRow<T> row(PageQuery asked, ResultSet row) throws SQLException {
        int columns = row.getMetaData().getColumnCount();
        boolean settled = true;
        if (reading.settled() != null) {
            settled = row.getBoolean(columns--);
        }
        List<Object> at = new ArrayList<>();
        int first = columns - asked.positionColumns() + 1;
        for (int i = 0; i < asked.positionColumns(); i++) {
            at.add(Objects.requireNonNull(asked.position(row, i, first + i)));
        }
        try {
            T item = reading.rows().map(row);
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
                    raw(row, columns - asked.positionColumns()),
                    new SQLException(
                            "row "
                                    + at
                                    + " of partition '"
                                    + part.name()
                                    + "' cannot be read as an item: "
                                    + e,
                            e));
        }
    }

    private SQLException ambiguous(List<Object> values) {
        return new SQLException(
                "partition '"
                        + part.name()
                        + "' has two rows with "
                        + values
                        + " in the columns "
                        + reading.growing()
                        + ", so that reading could not go on between them; add a column by which"
                        + " they differ, such as the primary key");
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
            boolean isSettled,
            @Nullable T item,
            String raw,
            @Nullable Exception failure) {}
}
