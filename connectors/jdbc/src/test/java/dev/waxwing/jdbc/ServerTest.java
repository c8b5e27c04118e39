package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.FailurePolicy;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.EmbeddedRunner;
import dev.waxwing.embedded.RecoveryOptions;
import dev.waxwing.testing.TestSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What a server of its own shows that is stopped, started and set up differently. */
final class ServerTest {

    private static final String SECRET = "s3cr3t-Pa55";

    @TempDir private Path directory;

    private int port;
    private EmbeddedPostgres server;

    @BeforeEach
    void start() throws IOException, SQLException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        startServer();
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders (id bigint)");
            statement.execute("create role clerk login password 'another'");
        }
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    @Test
    void serverThatIsGoneForAWhileLosesAndDoublesNothing() throws Exception {
        var refused = new CountDownLatch(1);
        DataSource hooked =
                HookedSource.of(
                        source(),
                        (point, connection) -> {
                            if (point.equals("open.failed")) {
                                refused.countDown();
                            }
                        });
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, 2, 3, 4, 5))
                .map(
                        "order",
                        id -> {
                            if (id == 3) {
                                stopServer();
                            } else if (id == 5) {
                                refused.await();
                                startServer();
                            }
                            return new Order(id, null);
                        })
                .output(
                        "out",
                        JdbcSink.into(Database.of(hooked), "orders", Order.TYPE)
                                .withColumn("id", Order::id)
                                .withOnMissingMarkerTable(OnMissing.CREATE))
                .onFailure(
                        FailurePolicy.retry(1_000)
                                .withBackOff(Duration.ofMillis(10), Duration.ofMillis(100)));

        EmbeddedRunner.run(
                flow,
                EmbeddedOptions.defaults()
                        .withRecovery(
                                RecoveryOptions.in(directory.resolve("store"))
                                        .withEpochInterval(Duration.ZERO)));

        assertThat(Schema.rows(source(), "select id from orders order by id"))
                .containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void wrongPasswordIsInNoMessage() throws Exception {
        stopServer();
        Path rules = directory.resolve("data/pg_hba.conf");
        Files.writeString(rules, "host all clerk all scram-sha-256\n" + Files.readString(rules));
        startServer();
        var sink =
                JdbcSink.into(
                                Database.at("jdbc:postgresql://localhost:" + port + "/postgres")
                                        .withCredentials(() -> new Credentials("clerk", SECRET)),
                                "orders",
                                Order.TYPE)
                        .withColumn("id", Order::id);

        var text = new StringWriter();
        catchThrowable(() -> sink.buildPart("flow.out", "writer-0"))
                .printStackTrace(new PrintWriter(text));

        assertThat(text.toString())
                .contains("cannot connect to jdbc:postgresql:…")
                .contains("password authentication failed for user \"clerk\"")
                .doesNotContain(SECRET);
    }

    private void startServer() throws IOException {
        server =
                EmbeddedPostgres.builder()
                        .setPort(port)
                        .setDataDirectory(directory.resolve("data"))
                        .setCleanDataDirectory(false)
                        .start();
    }

    private PGSimpleDataSource source() {
        var source = new PGSimpleDataSource();
        source.setURL("jdbc:postgresql://localhost:" + port + "/postgres?user=postgres");
        return source;
    }
}
