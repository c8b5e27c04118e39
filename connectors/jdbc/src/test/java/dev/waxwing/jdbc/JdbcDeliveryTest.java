package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.RecoveryOptions.Resume;
import dev.waxwing.run.Execution;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of decided epochs when connections, stores, backups and executions are not as they
 * were.
 */
final class JdbcDeliveryTest {

    private static final String LOCK = "prepare update";

    @TempDir private Path directory;

    private final TestSource<Integer> source =
            TestSource.ofElements(
                    List.of(1, 2, TestItems.endOfInput(), 3, TestItems.endOfInput(), 4));

    private Schema schema;
    private Database database;

    @BeforeEach
    void makeTables() throws SQLException {
        schema = Schema.withOrders();
        database = schema.database();
    }

    @Test
    void connectionThatIsLostBeforeACommitLosesNothing() throws Exception {
        run(store(), hooked(once("commit.before", JdbcDeliveryTest::cut)));

        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void replyThatIsLostAfterACommitDoublesNothing() throws Exception {
        run(store(), hooked(once("commit.after", JdbcDeliveryTest::cut)));

        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void sessionThatTheServerEndsInTheMiddleOfAnEpochLosesNothing() throws Exception {
        run(store(), hooked(once("commit.before", this::endAllSessions)));

        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void nextExecutionCommitsWhatWasDecided() throws Exception {
        assertThatThrownBy(() -> run(store(), hooked(ever("commit.before"))))
                .hasMessageContaining("step 'flow.out': committing epoch 1")
                .hasMessageContaining("connection cut");
        assertThat(ids()).isEmpty();

        run(store(), database);

        assertThat(ids()).startsWith("1", "2").doesNotHaveDuplicates();
    }

    @Test
    void nextExecutionAsksTheMarkerWhenAReplyWasLost() throws Exception {
        assertThatThrownBy(() -> run(store(), hooked(ever("commit.after"))))
                .hasMessageContaining("connection cut");
        assertThat(ids()).containsExactly("1", "2");

        run(store(), database);

        assertThat(ids()).startsWith("1", "2").doesNotHaveDuplicates();
    }

    @Test
    void markerThatWentBackWithABackupIsRefusedUnlessAdopted() throws Exception {
        run(store(), database);
        schema.execute("update waxwing_markers set epoch = 0");

        assertThatThrownBy(() -> run(store(), database))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("restored from a backup");

        run(RecoveryOptions.in(store()).withResume(Resume.newest().withAdoption()), database);
        assertThat(ids()).containsExactly("1", "2", "3");
    }

    @Test
    void emptiedTableOfMarkersIsRefused() throws Exception {
        run(store(), database);
        schema.execute("delete from waxwing_markers");

        assertThatThrownBy(() -> run(store(), database)).hasMessageContaining("it was emptied");
    }

    @Test
    void copyOfTheStoreIsRefusedHoweverOftenItIsStarted() throws Exception {
        run(store(), database);
        Path copy = copyOfTheStore();
        run(store(), database);

        for (int start = 1; start <= 4; start++) {
            assertThatThrownBy(() -> run(copy, database))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("the recovery store was copied");
        }
        run(store(), database);
        assertThat(ids()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void anotherStoreIsRefusedUnlessAdopted() throws Exception {
        run(store(), database);
        Path other = directory.resolve("other");

        assertThatThrownBy(() -> run(other, database))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("written from another recovery store");

        schema.execute("truncate orders");
        run(RecoveryOptions.in(other).withResume(Resume.newest().withAdoption()), database);
        assertThat(ids()).startsWith("1", "2");
    }

    @Test
    void executionThatWakesAfterACopyHasGoneOnCommitsNothing() throws Exception {
        run(store(), database);
        var reads = new AtomicBoolean();
        var applying = new CountDownLatch(1);
        var awake = new CountDownLatch(1);
        Database sleepy =
                hooked(
                        (point, connection) -> {
                            if (reads.get() && point.startsWith(LOCK)) {
                                applying.countDown();
                                await(awake);
                            }
                        });
        var flow = Dataflow.named("flow");
        flow.input("in", source)
                .map(
                        "order",
                        id -> {
                            reads.set(true);
                            return new Order(id, null);
                        })
                .output("out", Order.sink(sleepy));

        try (Execution older = Waxwing.start(flow, options(RecoveryOptions.in(store())))) {
            applying.await();
            run(copyOfTheStore(), database);
            assertThat(ids()).containsExactly("1", "2", "3", "4");
            awake.countDown();

            assertThatThrownBy(older::await)
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("was taken over by generation 3");
        }
        assertThatThrownBy(() -> run(store(), database)).hasMessageContaining("was copied");
        assertThat(ids()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void markerThatAnotherSessionHoldsIsToldAfterAWait() throws Exception {
        run(store(), database);

        try (Connection other = schema.source().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("update waxwing_markers set epoch = epoch");

            assertThatThrownBy(() -> run(store(), database.withTimeout(Duration.ofSeconds(2))))
                    .hasMessageContaining("claim of partition 'writer-0'")
                    .hasMessageContaining("was locked by another session for 1 s")
                    .hasMessageContaining("end sessions of the database that were left behind");
        }
    }

    private Database hooked(HookedSource.Hook hook) {
        return Database.of(HookedSource.of(schema.source(), hook));
    }

    /* When items are committed for the first time, and not when the marker is claimed. */
    private static HookedSource.Hook once(String where, HookedSource.Hook fault) {
        return new HookedSource.Hook() {

            private int passed;

            @Override
            public void at(String point, Connection connection) throws SQLException {
                if (point.equals(where) && ++passed == 2) {
                    fault.at(point, connection);
                }
            }
        };
    }

    /* From the first commit of items on, the database is gone. */
    private static HookedSource.Hook ever(String where) {
        return new HookedSource.Hook() {

            private int passed;

            @Override
            public void at(String point, Connection connection) throws SQLException {
                if (passed >= 2 || (point.equals(where) && ++passed == 2)) {
                    cut(point, connection);
                }
            }
        };
    }

    private static void cut(String point, Connection connection) throws SQLException {
        if (connection != null) {
            connection.close();
        }
        throw new SQLException("connection cut", "08006");
    }

    private void endAllSessions(String point, Connection connection) throws SQLException {
        schema.rows(
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <>"
                        + " pg_backend_pid() and application_name = '"
                        + schema.name()
                        + "'");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Path store, Database into) throws InterruptedException {
        run(RecoveryOptions.in(store), into);
    }

    private void run(RecoveryOptions recovery, Database into) throws InterruptedException {
        var flow = Dataflow.named("flow");
        flow.input("in", source)
                .map("order", id -> new Order(id, null))
                .output("out", Order.sink(into))
                .onFailure(FailurePolicy.retry(2).withBackOff(Duration.ZERO, Duration.ZERO));
        Waxwing.run(flow, options(recovery));
    }

    private static EmbeddedOptions options(RecoveryOptions recovery) {
        return EmbeddedOptions.defaults().withRecovery(recovery);
    }

    private List<String> ids() throws SQLException {
        return schema.rows("select id from orders order by id");
    }

    private Path store() {
        return directory.resolve("store");
    }

    private Path copyOfTheStore() throws IOException {
        Path copy = directory.resolve("copy");
        try (Stream<Path> files = Files.walk(store())) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(store().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else if (!file.getFileName().toString().equals("lock")) {
                    Files.copy(file, to);
                }
            }
        }
        return copy;
    }
}
