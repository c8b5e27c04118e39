package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.RestartPolicy;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random dataflows into PostgreSQL, with crashes, lost connections and lost replies anywhere. */
final class CrashTest {

    private static final int ROUNDS = Boolean.getBoolean("waxwing.slow") ? 100 : 8;

    @TempDir private Path directory;

    @Test
    void eachItemIsInTheTableOnceWhateverCrashes() throws Exception {
        long seed = new Random().nextLong();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(seed + round);
            Schema schema = Schema.withOrders();
            // Without a key, so that what is written twice is there twice.
            schema.execute("create table events (id bigint, writer text, epoch bigint)");
            int items = 1 + random.nextInt(60);
            var sink =
                    JdbcSink.into(faulty(schema, random.nextLong()), "events", Order.TYPE)
                            .withColumn("id", Order::id)
                            .withWriterColumn("writer")
                            .withEpochColumn("epoch")
                            .withWriters(1 + random.nextInt(2));

            run(flow(source(items, random), sink), random, directory.resolve("store-" + round));

            assertThat(schema.rows("select id from events order by id"))
                    .as("seed %d", seed + round)
                    .isEqualTo(IntStream.range(0, items).mapToObj(String::valueOf).toList());
            assertThat(
                            schema.rows(
                                    "select part from waxwing_markers m where epoch < (select"
                                            + " max(epoch) from events where writer = m.part)"))
                    .as("markers behind their rows, seed %d", seed + round)
                    .isEmpty();
        }
    }

    @Test
    void eachKeyHasItsLastValueWhateverCrashes() throws Exception {
        long seed = new Random().nextLong();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(seed + round);
            Schema schema = Schema.withOrders();
            int items = 1 + random.nextInt(60);
            var sink =
                    JdbcSink.into(faulty(schema, random.nextLong()), "orders", Order.TYPE)
                            .withColumn("id", order -> order.id() % 7)
                            .withColumn("name", Order::id)
                            .withKeys("id")
                            .withDeletes(order -> order.id() % 5 == 0)
                            .withWriters(1 + random.nextInt(3));
            var flow = Dataflow.named("flow");
            flow.input("in", source(items, random))
                    .map("order", id -> new Order(id, null))
                    .keyOn("key", order -> String.valueOf(order.id() % 7))
                    .output("out", sink)
                    .onFailure(often());

            run(flow, random, directory.resolve("store-" + round));

            List<String> expected =
                    IntStream.range(Math.max(0, items - 7), items)
                            .filter(id -> id % 5 != 0)
                            .mapToObj(id -> id % 7 + " " + id)
                            .sorted()
                            .toList();
            assertThat(schema.rows("select id, name from orders order by id"))
                    .as("seed %d", seed + round)
                    .isEqualTo(expected);
        }
    }

    private static void run(Dataflow flow, Random random, Path store) throws InterruptedException {
        Waxwing.run(
                flow,
                EmbeddedOptions.defaults()
                        .withWorkers(1 + random.nextInt(2))
                        .withRestarts(
                                RestartPolicy.upTo(1_000).withBackOff(Duration.ZERO, Duration.ZERO))
                        .withRecovery(RecoveryOptions.in(store).withEpochInterval(Duration.ZERO)));
    }

    private static Dataflow flow(TestSource<Integer> source, JdbcSink<Order> sink) {
        var flow = Dataflow.named("flow");
        flow.input("in", source)
                .map("order", id -> new Order(id, null))
                .output("out", sink)
                .onFailure(often());
        return flow;
    }

    private static FailurePolicy often() {
        return FailurePolicy.retry(100).withBackOff(Duration.ZERO, Duration.ZERO);
    }

    private static TestSource<Integer> source(int items, Random random) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            if (random.nextInt(10) == 0) {
                elements.add(TestItems.crash());
            }
            elements.add(i);
        }
        return TestSource.<Integer>ofElements(elements).withBatchItems(1 + random.nextInt(8));
    }

    private static Database faulty(Schema schema, long seed) {
        Random random = new Random(seed);
        return Database.of(
                HookedSource.of(
                        schema.source(),
                        (point, connection) -> {
                            synchronized (random) {
                                if (random.nextInt(30) == 0) {
                                    cut(connection);
                                }
                            }
                        }));
    }

    private static void cut(Connection connection) throws SQLException {
        if (connection != null) {
            connection.close();
        }
        throw new SQLException("connection cut", "08006");
    }
}
