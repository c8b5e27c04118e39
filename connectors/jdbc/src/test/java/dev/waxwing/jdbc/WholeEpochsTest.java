package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.testing.TestSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that looks while a dataflow writes. */
final class WholeEpochsTest {

    private static final String BY_EPOCH =
            "select writer, epoch, count(*) from events group by writer, epoch";

    @TempDir private Path store;

    @Test
    void readerSeesWholeEpochsOfEachWriterOnly() throws Exception {
        Schema schema = Schema.withOrders();
        schema.execute("create table events (id bigint, writer text, epoch bigint)");
        var looks = new Semaphore(0);
        var flow = Dataflow.named("flow");
        flow.input(
                        "in",
                        TestSource.<Integer>ofElements(IntStream.range(0, 3_000).boxed().toList())
                                .withBatchItems(100))
                .map(
                        "order",
                        id -> {
                            if (id % 300 == 0) {
                                // The reader has looked at least once between.
                                looks.drainPermits();
                                looks.acquire();
                            }
                            return new Order(id, null);
                        })
                .keyOn("key", order -> String.valueOf(order.id()))
                .output(
                        "out",
                        JdbcSink.into(schema.database(), "events", Order.TYPE)
                                .withColumn("id", Order::id)
                                .withWriterColumn("writer")
                                .withEpochColumn("epoch")
                                .withWriters(3));
        List<List<String>> seen = new ArrayList<>();

        try (var execution =
                Waxwing.start(
                        flow,
                        EmbeddedOptions.defaults()
                                .withWorkers(2)
                                .withRecovery(
                                        RecoveryOptions.in(store)
                                                .withEpochInterval(Duration.ZERO)))) {
            Thread reader = new Thread(() -> look(schema, seen, looks));
            reader.start();
            execution.await();
            reader.interrupt();
            reader.join();
        }

        List<String> all = schema.rows(BY_EPOCH);
        assertThat(all).hasSizeGreaterThan(10);
        assertThat(seen).hasSizeGreaterThan(5);
        assertThat(seen).allSatisfy(look -> assertThat(all).containsAll(look));
        assertThat(seen).anySatisfy(look -> assertThat(look).hasSizeBetween(1, all.size() - 1));
    }

    private static void look(Schema schema, List<List<String>> seen, Semaphore looks) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                seen.add(schema.rows(BY_EPOCH));
                looks.release();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            looks.release(1_000);
        }
    }
}
