package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.RestartPolicy;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.LoggedLines;
import dev.waxwing.testing.TestSink;
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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
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
        execute("create table orders (id bigint)", "create role clerk login password 'another'");
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

        Waxwing.run(flow, options());

        assertThat(Schema.rows(source(), "select id from orders order by id"))
                .containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void wrongPasswordStopsTheStepAndIsInNoMessageNorLogAndTheRightOneLosesNothing()
            throws Exception {
        requirePasswords();
        execute("grant all on orders to clerk", "grant create on schema public to clerk");
        var password = new AtomicReference<>(SECRET);
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, 2))
                .map("order", id -> new Order(id, null))
                .output(
                        "out",
                        JdbcSink.into(asClerk(password), "orders", Order.TYPE)
                                .withColumn("id", Order::id)
                                .withOnMissingMarkerTable(OnMissing.CREATE));

        assertThat(toldAndLogged(flow))
                .contains("step 'flow.out'")
                .contains("cannot connect to jdbc:postgresql:…")
                .contains("password authentication failed for user \"clerk\"")
                .doesNotContain(SECRET);
        password.set("another");
        Waxwing.run(flow, options());

        assertThat(Schema.rows(source(), "select id from orders order by id"))
                .containsExactly("1", "2");
    }

    @Test
    void wrongPasswordOfASourceIsInNoMessageNorLog() throws Exception {
        requirePasswords();
        var flow = Dataflow.named("flow");
        flow.input(
                        "in",
                        JdbcSource.from(
                                asClerk(new AtomicReference<>(SECRET)),
                                "orders",
                                List.of("id"),
                                row -> row.getLong("id")))
                .output("out", new TestSink<>());

        assertThat(toldAndLogged(flow))
                .contains("step 'flow.in'")
                .contains("password authentication failed for user \"clerk\"")
                .doesNotContain(SECRET);
    }

    /* Of an execution that fails, starts again and fails for good. */
    private String toldAndLogged(Dataflow flow) {
        var again = RestartPolicy.upTo(1).withBackOff(Duration.ZERO, Duration.ZERO);
        try (var logged = LoggedLines.of("dev.waxwing")) {
            var text = new StringWriter();
            catchThrowable(() -> Waxwing.run(flow, options().withRestarts(again)))
                    .printStackTrace(new PrintWriter(text));

            assertThat(logged.all()).anyMatch(line -> line.contains("starts again"));
            return text.toString() + logged.all();
        }
    }

    private EmbeddedOptions options() {
        return EmbeddedOptions.defaults()
                .withRecovery(
                        RecoveryOptions.in(directory.resolve("store"))
                                .withEpochInterval(Duration.ZERO));
    }

    private Database asClerk(AtomicReference<String> password) {
        return Database.at("jdbc:postgresql://localhost:" + port + "/postgres")
                .withCredentials(() -> new Credentials("clerk", password.get()));
    }

    private void requirePasswords() throws IOException {
        stopServer();
        Path rules = directory.resolve("data/pg_hba.conf");
        Files.writeString(rules, "host all clerk all scram-sha-256\n" + Files.readString(rules));
        startServer();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement each = connection.createStatement()) {
            for (String statement : statements) {
                each.execute(statement);
            }
        }
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
