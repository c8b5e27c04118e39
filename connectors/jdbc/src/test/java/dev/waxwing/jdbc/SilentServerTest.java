package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.source.SourceEmitter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database that does not answer keeps neither a start nor an end waiting. */
@Timeout(60)
final class SilentServerTest {

    @Test
    void loginThatIsNotAnsweredFailsWhenTheTimeIsOver() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Database silent = at(server).withTimeout(Duration.ofSeconds(1));

            assertThatThrownBy(silent::open)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("cannot connect to jdbc:postgresql:…")
                    .hasMessageContaining("has not answered within PT1S");
        }
    }

    @Test
    void loginThatIsNotAnsweredCanBeInterrupted() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var failure = new CompletableFuture<Throwable>();
            var thread =
                    new Thread(() -> failure.complete(catchThrowable(() -> at(server).open())));
            thread.start();
            try (Socket accepted = server.accept()) {
                thread.interrupt();

                assertThat(failure.get()).isInstanceOf(InterruptedException.class);
                assertThat(accepted.isConnected()).isTrue();
            }
        }
    }

    @Test
    void readThatWaitsForTheDatabaseIsUnblocked() throws Exception {
        Schema schema = Schema.withOrders();
        var source =
                JdbcSource.from(
                        schema.database(), "orders", List.of("id"), row -> row.getLong("id"));
        var part =
                (JdbcSourcePartition<Long>)
                        source.buildPart("flow.in", source.listParts().get(0), null);
        try (Connection other = schema.source().getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("lock table orders");
            var failure = new CompletableFuture<Throwable>();
            var thread =
                    new Thread(
                            () ->
                                    failure.complete(
                                            catchThrowable(() -> part.nextBatch(new NoEmitter()))));
            thread.start();
            awaitWaiting(schema);

            part.unblock();

            assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
        }
        part.close();
    }

    private static Database at(ServerSocket server) {
        return Database.at("jdbc:postgresql://localhost:" + server.getLocalPort() + "/none");
    }

    private static void awaitWaiting(Schema schema) throws SQLException {
        List<String> waiting = List.of("0");
        while (waiting.equals(List.of("0"))) {
            waiting =
                    schema.rows(
                            "select count(*) from pg_stat_activity where application_name = '"
                                    + schema.name()
                                    + "' and wait_event_type = 'Lock'");
        }
    }

    private record NoEmitter() implements SourceEmitter<Long> {

        @Override
        public void emit(Long item) {
            throw new AssertionError("read " + item);
        }

        @Override
        public void reject(Object raw, Exception cause) {
            throw new AssertionError("read " + raw);
        }
    }
}
