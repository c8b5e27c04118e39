package dev.waxwing.recovery.sqlite.inspect;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.StoreReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * Answers SQL over the text of a store's keys and values. Confined to one thread.
 *
 * <p>The tables are a copy in memory: {@code entries(epoch, step, state, key, value)}, the live
 * entries as of the epoch that was asked for, and {@code epochs(epoch, generation, workers,
 * decided_at, done, restorable)}. Nothing that a statement does reaches the store.
 */
public final class StoreQuery implements AutoCloseable {

    private static final String TABLES =
            "entries(epoch, step, state, key, value) and"
                    + " epochs(epoch, generation, workers, decided_at, done, restorable)";

    private final SQLiteConnection tables;

    private StoreQuery(SQLiteConnection tables) {
        this.tables = tables;
    }

    /**
     * Copies one epoch of a store into memory.
     *
     * @throws RecoveryException if the epoch is not restorable, or what is stored is damaged
     */
    public static StoreQuery over(StoreReader reader, long epoch) {
        try {
            StoreQuery query =
                    new StoreQuery(JDBC.createConnection("jdbc:sqlite::memory:", new Properties()));
            try {
                query.fill(reader, epoch);
                return query;
            } catch (SQLException | RuntimeException | Error e) {
                query.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Runs one statement.
     *
     * @throws IllegalArgumentException if the statement is wrong; names the tables and columns
     */
    public Result run(String sql) {
        try (Statement statement = tables.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                columns.add(rows.getMetaData().getColumnLabel(i));
            }
            List<List<@Nullable String>> all = new ArrayList<>();
            while (rows.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(rows.getString(i));
                }
                all.add(Collections.unmodifiableList(row));
            }
            return new Result(List.copyOf(columns), List.copyOf(all));
        } catch (SQLException e) {
            throw new IllegalArgumentException(
                    "the statement '"
                            + sql
                            + "' cannot be run: "
                            + e.getMessage()
                            + "; the tables are "
                            + TABLES,
                    e);
        }
    }

    @Override
    public void close() {
        try {
            tables.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void fill(StoreReader reader, long epoch) throws SQLException {
        try (Statement statement = tables.createStatement()) {
            statement.execute("CREATE TABLE entries(epoch INTEGER, step, state, key, value)");
            statement.execute(
                    "CREATE TABLE epochs(epoch INTEGER, generation INTEGER, workers INTEGER,"
                            + " decided_at TEXT, done INTEGER, restorable INTEGER)");
            tables.setAutoCommit(false);
            fillEntries(reader, epoch);
            fillEpochs(reader);
            tables.commit();
            tables.setAutoCommit(true);
            statement.execute("PRAGMA query_only=ON");
        }
        tables.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
    }

    private void fillEntries(StoreReader reader, long epoch) throws SQLException {
        try (PreparedStatement insert =
                tables.prepareStatement("INSERT INTO entries VALUES(?, ?, ?, ?, ?)")) {
            new StoreEntries(reader)
                    .forEach(
                            epoch,
                            entry -> {
                                try {
                                    insert.setLong(1, epoch);
                                    insert.setString(2, entry.state().stepPath());
                                    insert.setString(3, entry.state().stateName());
                                    insert.setString(4, entry.key());
                                    insert.setString(5, entry.value());
                                    insert.executeUpdate();
                                } catch (SQLException e) {
                                    throw failed(e);
                                }
                            });
        }
    }

    private void fillEpochs(StoreReader reader) throws SQLException {
        try (PreparedStatement insert =
                tables.prepareStatement("INSERT INTO epochs VALUES(?, ?, ?, ?, ?, ?)")) {
            for (EpochRecord epoch : reader.epochs()) {
                insert.setLong(1, epoch.epoch());
                insert.setLong(2, epoch.generation());
                insert.setInt(3, epoch.workers());
                insert.setString(4, epoch.decidedAt().toString());
                insert.setBoolean(5, epoch.done());
                insert.setBoolean(6, epoch.restorable());
                insert.executeUpdate();
            }
        }
    }

    private static RecoveryException failed(SQLException error) {
        return new RecoveryException(
                "the copy of a recovery store in memory failed ("
                        + error.getMessage()
                        + "); give the JVM more memory, or look at an older epoch",
                error);
    }

    /**
     * What a statement returned. Immutable.
     *
     * @param columns their names
     * @param rows values as text, in the order of the columns
     */
    public record Result(List<String> columns, List<List<@Nullable String>> rows) {}
}
