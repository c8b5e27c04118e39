package dev.waxwing.cli.kill;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The tables of {@link Deliveries} on a server of their own, which can be started anew. */
final class Table implements AutoCloseable {

    static final List<String> NAMES = List.of(Deliveries.PAYMENTS, Deliveries.SUMS);

    /* A client that was stopped between two statements holds locks for no longer. */
    private static final String IDLE_MAX = "2s";

    private final Path directory;
    private final int port;
    private EmbeddedPostgres server;

    Table(Path directory) throws IOException, SQLException {
        this.directory = directory;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = start();
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            create(statement, Deliveries.PAYMENTS, "number bigint", "balance bigint");
            create(statement, Deliveries.SUMS, "opened bigint", "payments bigint", "total bigint");
        }
    }

    int port() {
        return port;
    }

    /** An address by way of a port of this machine. */
    static String url(int port) {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    DataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url(port));
        return source;
    }

    /** Stops the server, and starts it again. */
    void restart() throws IOException {
        server.close();
        server = start();
    }

    /** Lets the server end at once, without tidying up, and starts it again. */
    void crash() throws IOException, InterruptedException {
        String pid = Files.readAllLines(directory.resolve("postmaster.pid")).get(0);
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
        postmaster.onExit().join();
        restart();
    }

    /** A line for each payment. */
    List<String> payments() throws SQLException {
        return lines("select account, number, balance from " + Deliveries.PAYMENTS);
    }

    /** A line for each account and window. */
    List<String> sums() throws SQLException {
        return lines("select account || ' ' || opened, payments, total from " + Deliveries.SUMS);
    }

    /** How many rows each writer's epochs have, as {@link RecordedSink} tells outboxes. */
    Set<String> epochs(String table) throws SQLException {
        return new TreeSet<>(
                lines("select writer, epoch, count(*) from " + table + " group by writer, epoch"));
    }

    /** Epochs of a writer whose rows were not all written by one transaction. */
    List<String> epochsOfSeveralTransactions(String table) throws SQLException {
        return lines(
                "select writer, epoch, count(distinct xmin::text) from "
                        + table
                        + " group by writer, epoch having count(distinct xmin::text) > 1");
    }

    /** Payments that are in an earlier epoch than one before of the account, or in another part. */
    List<String> outOfOrder() throws SQLException {
        return lines(
                "select account, number, epoch from (select *, lag(epoch) over account as before,"
                        + " lag(writer) over account as elsewhere from "
                        + Deliveries.PAYMENTS
                        + " window account as (partition by account order by number)) as followed"
                        + " where before > epoch or elsewhere <> writer");
    }

    /** The newest epoch that a reader can see of either table; 0 if none. */
    long newestEpoch() throws SQLException {
        long newest = 0;
        for (String table : NAMES) {
            String line = lines("select '', coalesce(max(epoch), 0), 0 from " + table).get(0);
            newest = Math.max(newest, Long.parseLong(line.split(" ", -1)[1]));
        }
        return newest;
    }

    /** Deletes the rows of later epochs. */
    void removeAfter(long epoch) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : NAMES) {
                statement.execute("delete from " + table + " where epoch > " + epoch);
            }
        }
    }

    private static void create(Statement statement, String table, String... columns)
            throws SQLException {
        statement.execute(
                "create table %s (account text, %s, epoch bigint, writer text)"
                        .formatted(table, String.join(", ", columns)));
        statement.execute("create index on " + table + " (epoch)");
    }

    private List<String> lines(String query) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString(1) + " " + rows.getLong(2) + " " + rows.getLong(3));
            }
            return lines;
        }
    }

    /* What the server has said to be committed must be there after a crash of it. */
    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setServerConfig("idle_in_transaction_session_timeout", IDLE_MAX)
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
