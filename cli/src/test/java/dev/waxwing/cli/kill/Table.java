package dev.waxwing.cli.kill;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
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

/** A table on a server of its own, which can be started anew. */
final class Table implements AutoCloseable {

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
            statement.execute(
                    "create table "
                            + Deliveries.TABLE
                            + " (account text not null, number bigint not null, balance bigint not"
                            + " null, epoch bigint not null, writer text not null)");
        }
    }

    String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    DataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url());
        return source;
    }

    /** Stops the server, and starts it again. */
    void restart() throws IOException {
        server.close();
        server = start();
    }

    /** A line for each row. */
    List<String> lines() throws SQLException {
        return lines("select account, number, balance from " + Deliveries.TABLE);
    }

    /** How many rows each writer's epochs have, as {@link RecordedSink} tells outboxes. */
    Set<String> epochs() throws SQLException {
        return new TreeSet<>(
                lines(
                        "select writer, epoch, count(*) from "
                                + Deliveries.TABLE
                                + " group by writer, epoch"));
    }

    /** Epochs of a writer whose rows were not all written by one transaction. */
    List<String> epochsOfSeveralTransactions() throws SQLException {
        return lines(
                "select writer, epoch, count(distinct xmin::text) from "
                        + Deliveries.TABLE
                        + " group by writer, epoch having count(distinct xmin::text) > 1");
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

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setServerConfig("idle_in_transaction_session_timeout", IDLE_MAX)
                .start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
