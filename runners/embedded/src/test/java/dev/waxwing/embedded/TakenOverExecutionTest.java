package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.function.Mapper;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.step.DataflowException;
import dev.waxwing.testing.TestSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an execution whose store another process has taken over. */
final class TakenOverExecutionTest {

    private final AtomicInteger opened = new AtomicInteger();

    @TempDir private Path directory;

    private Path store = Path.of("unset");

    @BeforeEach
    void nameStore() {
        store = directory.resolve("store");
    }

    @Test
    void executionThatWasTakenOverEndsAndIsNotRestarted() {
        DataflowException failure = failureOf(flow(n -> n));

        assertThat(failure)
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("was taken over by generation 2, process 4711 on host other")
                .matches(thrown -> ((RecoveryException) thrown).isTakenOver());
        assertThat(opened).hasValue(1);
    }

    @Test
    void whateverAnExecutionFailsWithThatWasTakenOverIsToldBesideIt() {
        DataflowException failure =
                failureOf(
                        flow(
                                n -> {
                                    throw new IllegalStateException("boom");
                                }));

        assertThat(failure).hasMessageContaining("was taken over by generation 2");
        assertThat(failure.getSuppressed())
                .singleElement()
                .asString()
                .contains("step 'flow.map'", "boom");
        assertThat(opened).hasValue(1);
    }

    @Test
    void outboxesOfTheNewerExecutionAreNotSweptByAnOlderOneThatHungAtItsStart() throws Exception {
        Path outbox = store.resolve("segments/of-the-newer");
        EmbeddedExecution execution =
                new EmbeddedExecution(
                        flow(n -> n).plan(),
                        options(),
                        (location, name, storeOptions) -> {
                            var own = EmbeddedRunner.open(location, name, storeOptions);
                            takeOver();
                            write(outbox);
                            return own;
                        },
                        EmbeddedExecution.BATCH_ITEMS);

        DataflowException failure = failureOf(execution);

        assertThat(failure).hasMessageContaining("was taken over by generation 2");
        assertThat(Files.readAllBytes(outbox)).containsExactly(1);
    }

    private static void write(Path outbox) {
        try {
            Files.createDirectories(outbox.getParent());
            Files.write(outbox, new byte[] {1});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Dataflow flow(Mapper<Integer, Integer> function) {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", new EndlessSource())
                .map(
                        "map",
                        n -> {
                            if (n == 0) {
                                takeOver();
                            }
                            return function.map(n);
                        })
                .output("out", TestSink.dynamic());
        return flow;
    }

    /* As another process does. */
    private void takeOver() {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + store.resolve("recovery.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=60000");
            statement.execute(
                    "INSERT OR IGNORE INTO generation(number, started_at, pid, host, workers, token)"
                            + " VALUES(2, 0, 4711, 'other', 1, 'of the other')");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private EmbeddedOptions options() {
        return EmbeddedOptions.defaults()
                .withRecovery(RecoveryOptions.in(store).withEpochInterval(Duration.ZERO))
                .withRestarts(RestartPolicy.upTo(3));
    }

    private DataflowException failureOf(Dataflow flow) {
        return failureOf(
                new EmbeddedExecution(
                        flow.plan(),
                        options(),
                        (location, name, storeOptions) -> {
                            opened.incrementAndGet();
                            return EmbeddedRunner.open(location, name, storeOptions);
                        },
                        EmbeddedExecution.BATCH_ITEMS));
    }

    private static DataflowException failureOf(EmbeddedExecution execution) {
        execution.start();
        return Runs.failure(execution);
    }
}
