package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.PartitionReader;
import dev.waxwing.testing.SourceConformance;
import dev.waxwing.testing.TestSink;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of PostgreSQL as a source. */
final class JdbcSourceTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir private Path store;

    private Schema schema;

    @BeforeEach
    void makeTable() throws SQLException {
        schema = Schema.withOrders();
        schema.execute("alter table orders add at timestamptz");
    }

    @Nested
    final class Conformance extends SourceConformance<Long, JdbcPosition> {

        @Override
        protected FixedPartitionedSource<Long, JdbcPosition> source() throws SQLException {
            schema.execute(
                    "truncate orders",
                    "insert into orders select i, 'r' || i % 3, '2026-01-01'::timestamptz + i % 4 *"
                            + " interval '1 microsecond' from generate_series(1, 20) i");
            // Given by its URL, so that it can travel.
            return ids(Database.at(
                            "jdbc:postgresql://localhost:"
                                    + schema.port()
                                    + "/postgres?user=postgres&currentSchema="
                                    + schema.name()))
                    .withPart("one", "name = ?", "r1")
                    .withPart("others", "name = ? or name = ?", "r0", "r2")
                    .withPart("none", "false")
                    .withBatchItems(2);
        }

        @Override
        protected Map<String, List<Long>> expected() {
            return Map.of(
                    "one", List.of(4L, 16L, 1L, 13L, 10L, 7L, 19L),
                    "others", List.of(8L, 12L, 20L, 5L, 9L, 17L, 2L, 6L, 14L, 18L, 3L, 11L, 15L),
                    "none", List.of());
        }
    }

    @Test
    void positionsOfAnyTypeAreExact() throws Exception {
        for (String type :
                List.of("numeric", "double precision", "text", "uuid", "timestamp", "date")) {
            schema.execute(
                    "drop table if exists typed",
                    "create table typed (v " + type + " primary key)",
                    "insert into typed select "
                            + switch (type) {
                                case "numeric" -> "i + 1.0000000000000000000000001 / i";
                                case "double precision" -> "i / 7.0::float8";
                                case "text" -> "chr(30 + i * 37) || '''\"\\' || i";
                                case "uuid" -> "gen_random_uuid()";
                                case "timestamp" -> "'2026-01-01'::timestamp + i * interval '7 us'";
                                default -> "'2026-01-01'::date - i";
                            }
                            + " from generate_series(1, 50) i");
            var source =
                    JdbcSource.from(
                                    schema.database(),
                                    "typed",
                                    List.of("v"),
                                    row -> String.valueOf(row.getString("v")))
                            .withBatchItems(3);

            assertThat(readInPieces(source))
                    .as(type)
                    .isEqualTo(schema.rows("select v from typed order by v"));
        }
    }

    @Test
    void newRowsAreReadOnceByTheNextExecution() throws Exception {
        var sink = new TestSink<Long>();
        schema.execute("insert into orders select i, '', now() from generate_series(1, 5) i");
        run(sink);
        schema.execute("insert into orders select i, '', now() from generate_series(6, 8) i");
        run(sink);
        run(sink);

        assertThat(sink.committed()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void updatedRowIsReadAgain() throws Exception {
        var sink = new TestSink<Long>();
        schema.execute("insert into orders select i, '', now() from generate_series(1, 3) i");
        run(sink);
        schema.execute("update orders set at = now() where id = 2");
        run(sink);

        assertThat(sink.committed()).containsExactly(1L, 2L, 3L, 2L);
    }

    @Test
    void pollingAsksAgainAfterTheInterval() throws Exception {
        var now = new Instant[] {Instant.EPOCH};
        var source = ids(schema.database()).withPolling(Duration.ofSeconds(5), () -> now[0]);
        try (var partition = source.buildPart("flow.in", "orders", null)) {
            var reader = new PartitionReader<>(partition);

            assertThat(reader.readOnce()).isEmpty();
            assertThat(partition.nextAwake()).isEqualTo(Instant.EPOCH.plusSeconds(5));
            assertThat(reader.hasEnded()).isFalse();
            schema.execute("insert into orders values (1, '', now())");
            assertThat(reader.readOnce()).containsExactly(1L);
        }
    }

    @Test
    void fullPageIsFollowedAtOnce() throws Exception {
        schema.execute("insert into orders select i, '', now() from generate_series(1, 3) i");
        var source = ids(schema.database()).withBatchItems(2).withPollInterval(Duration.ofDays(1));
        try (var partition = source.buildPart("flow.in", "orders", null)) {
            var reader = new PartitionReader<>(partition);

            assertThat(reader.readOnce()).containsExactly(1L, 2L);
            assertThat(partition.nextAwake()).isNull();
            assertThat(reader.readOnce()).containsExactly(3L);
            assertThat(partition.nextAwake()).isNotNull();
        }
    }

    @Test
    void withoutALagARowThatCommitsLateIsLost() throws Exception {
        try (Connection late = schema.source().getConnection();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("insert into orders values (1, '', now())");
            schema.execute("insert into orders values (2, '', now())");
            var source = ids(schema.database());
            try (var partition = source.buildPart("flow.in", "orders", null)) {
                assertThat(new PartitionReader<>(partition).readAll(TIMEOUT)).containsExactly(2L);
                late.commit();

                assertThat(rest(source, partition.snapshot())).isEmpty();
            }
        }
    }

    @Test
    void withALagReadingStopsBeforeRowsThatMayNotBeTheNext() throws Exception {
        schema.execute(
                "insert into orders values (1, '', now() - interval '1 hour'), (2, '', now()), (3,"
                        + " '', now() - interval '1 hour')");
        var source =
                JdbcSource.from(
                                schema.database(),
                                "orders",
                                List.of("id"),
                                row -> row.getLong("id"))
                        .withLag("at", Duration.ofMinutes(1));

        try (var partition = source.buildPart("flow.in", "orders", null)) {
            assertThat(new PartitionReader<>(partition).readAll(TIMEOUT)).containsExactly(1L);
            schema.execute("update orders set at = at - interval '2 minutes' where id = 2");

            assertThat(rest(source, partition.snapshot())).containsExactly(2L, 3L);
        }
    }

    @Test
    void rowsThatPositionsCannotTellApartStopTheRead() throws Exception {
        schema.execute(
                "insert into orders select i, '', '2026-01-01' from generate_series(1, 3) i");
        var source =
                JdbcSource.from(
                                schema.database(),
                                "orders",
                                List.of("at"),
                                row -> row.getLong("id"))
                        .withBatchItems(1);

        try (var partition = source.buildPart("flow.in", "orders", null)) {
            assertThatThrownBy(() -> new PartitionReader<>(partition).readAll(TIMEOUT))
                    .hasMessageContaining("partition 'orders' has two rows with [2026-01-01")
                    .hasMessageContaining("in the columns [at]")
                    .hasMessageContaining("such as the primary key");
        }
    }

    @Test
    void rowThatIsNoItemIsRejectedAndReadingGoesOn() throws Exception {
        schema.execute("insert into orders select i, 'n' || i, now() from generate_series(1, 3) i");
        var source =
                JdbcSource.from(
                        schema.database(),
                        "orders",
                        List.of("id"),
                        row -> row.getLong("id") == 2 ? null : row.getLong("id"));

        try (var partition = source.buildPart("flow.in", "orders", null)) {
            var reader = new PartitionReader<>(partition);

            assertThat(reader.readAll(TIMEOUT)).containsExactly(1L, 3L);
            assertThat(reader.rejected())
                    .singleElement()
                    .asString()
                    .startsWith("{id=2, name=n2, at=");
        }
    }

    @Test
    void queryIsReadLikeATable() throws Exception {
        schema.execute("insert into orders select i, 'n' || i, now() from generate_series(1, 4) i");
        var source =
                JdbcSource.ofQuery(
                                schema.database(),
                                "select id * 10 as ten, name from orders where id <> 2",
                                List.of("ten"),
                                row -> row.getLong("ten") + " " + row.getString("name"))
                        .withBatchItems(1);

        assertThat(readInPieces(source)).containsExactly("10 n1", "30 n3", "40 n4");
    }

    @Test
    void namesAreQuotedWhateverIsInThem() throws Exception {
        schema.execute(
                "create table \"t\"\"; drop table orders\" (\"a\"\"b; c\" bigint primary key)",
                "insert into \"t\"\"; drop table orders\" values (1), (2)");
        var source =
                JdbcSource.from(
                                schema.database(),
                                "t\"; drop table orders",
                                List.of("a\"b; c"),
                                row -> row.getLong(1))
                        .withSchema(schema.name());

        assertThat(rest(source, null)).containsExactly(1L, 2L);
        assertThat(schema.rows("select count(*) from orders")).containsExactly("0");
    }

    @Test
    void missingColumnsAndOtherColumnsAreRefused() throws Exception {
        var source =
                JdbcSource.from(
                        schema.database(),
                        "orders",
                        List.of("changed", "id"),
                        row -> row.getLong("id"));

        assertThatThrownBy(() -> source.buildPart("flow.in", "orders", null))
                .hasMessageContaining("table \"orders\" has no column 'changed', only 'id'");
        assertThatThrownBy(
                        () ->
                                ids(schema.database())
                                        .buildPart(
                                                "flow.in",
                                                "orders",
                                                new JdbcPosition(List.of("id"), List.of("7"))))
                .hasMessageContaining("was read by the columns [id]")
                .hasMessageContaining("to be read by [at, id]");
    }

    @Test
    void optionsThatCannotBeAreRefused() {
        var source = ids(schema.database());

        assertThatThrownBy(() -> source.withBatchItems(0)).hasMessageContaining("batchItems");
        assertThatThrownBy(() -> source.withPollInterval(Duration.ZERO))
                .hasMessageContaining("pollInterval must be longer than zero");
        assertThatThrownBy(() -> source.withLag("at", Duration.ofSeconds(-1)))
                .hasMessageContaining("the lag must be longer than zero");
        assertThatThrownBy(() -> JdbcSource.from(schema.database(), "orders", List.of(), row -> 1))
                .hasMessageContaining("at least one column that grows");
    }

    @Test
    void connectionThatIsLostIsReplacedWithoutGapOrRepetition() throws Exception {
        schema.execute("insert into orders select i, '', now() from generate_series(1, 30) i");
        var prepared = new AtomicInteger();
        var database =
                Database.of(
                        HookedSource.of(
                                schema.source(),
                                (point, connection) -> {
                                    if (point.startsWith("prepare")
                                            && prepared.incrementAndGet() % 5 == 0) {
                                        connection.close();
                                        throw new SQLException("connection cut", "08006");
                                    }
                                }));
        var sink = new TestSink<Long>();
        var flow = Dataflow.named("flow");
        flow.input("in", ids(database).withBatchItems(4))
                .onFailure(FailurePolicy.retry(10).withBackOff(Duration.ZERO, Duration.ZERO))
                .output("out", sink);

        Waxwing.run(flow, EmbeddedOptions.defaults());

        assertThat(sink.committed()).hasSize(30).doesNotHaveDuplicates();
    }

    private static JdbcSource<Long> ids(Database database) {
        return JdbcSource.from(database, "orders", List.of("at", "id"), row -> row.getLong("id"));
    }

    private void run(TestSink<Long> sink) throws InterruptedException {
        var flow = Dataflow.named("flow");
        flow.input("in", ids(schema.database()).withBatchItems(2)).output("out", sink);
        Waxwing.run(flow, EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(store)));
    }

    private static <T> List<T> rest(JdbcSource<T> source, @Nullable JdbcPosition position)
            throws Exception {
        try (var partition = source.buildPart("flow.in", source.listParts().get(0), position)) {
            return new PartitionReader<>(partition).readAll(TIMEOUT);
        }
    }

    /* Opened anew after each batch or two. */
    private static <T> List<T> readInPieces(JdbcSource<T> source) throws Exception {
        Random random = new Random(7);
        List<T> all = new ArrayList<>();
        JdbcPosition position = null;
        while (true) {
            try (var partition = source.buildPart("flow.in", source.listParts().get(0), position)) {
                var reader = new PartitionReader<>(partition);
                for (int batches = 1 + random.nextInt(2); batches > 0; batches--) {
                    all.addAll(reader.readOnce());
                    if (reader.hasEnded()) {
                        return all;
                    }
                }
                position = partition.snapshot();
            }
        }
    }
}
