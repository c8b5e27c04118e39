package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.RestartPolicy;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.function.TypeRef;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.sink.RejectedItemsException;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.PartitionReader;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The statements for any database, on H2, HSQLDB and SQLite. */
final class StandardTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL", mode = Mode.EXCLUDE)
    void rowsAreInserted(TestDatabase database) throws Exception {
        DataSource source = database(database);

        Writing.write(orders(source), new Order(1, "a'; drop"), new Order(2, null));

        assertThat(rows(source)).containsExactly("1 a'; drop", "2 null");
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL", mode = Mode.EXCLUDE)
    void rowsAreReplacedAndDeletedByKeysInOrder(TestDatabase database) throws Exception {
        DataSource source = database(database);
        var sink = orders(source).withKeys("id").withDeletes(order -> order.id() == 3);

        Writing.write(sink, new Order(1, "a"), new Order(2, "b"), new Order(1, "c"));
        execute(source, "insert into \"orders\" values (3, 'gone')");
        Writing.write(sink, new Order(2, "d"), new Order(3, null), new Order(4, "e"));

        assertThat(rows(source)).containsExactly("1 c", "2 d", "4 e");
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL", mode = Mode.EXCLUDE)
    void tableOfOnlyKeysKeepsWhatItHas(TestDatabase database) throws Exception {
        DataSource source = database(database);
        var sink =
                JdbcSink.into(Database.of(source), "seen", Order.TYPE)
                        .withOnMissingMarkerTable(OnMissing.CREATE)
                        .withColumn("id", Order::id)
                        .withKeys("id");
        execute(source, "create table \"seen\" (\"id\" bigint primary key)");

        Writing.write(sink, new Order(1, ""), new Order(1, ""), new Order(2, ""));

        assertThat(Schema.rows(source, "select * from \"seen\"")).containsExactly("1", "2");
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL", mode = Mode.EXCLUDE)
    void rowsThatAreRefusedAreTold(TestDatabase database) throws Exception {
        DataSource source = database(database);
        for (var sink : List.of(orders(source), orders(source).withKeys("id"))) {
            try (var writing = Writing.of(sink)) {
                assertThatThrownBy(
                                () ->
                                        writing.apply(
                                                List.of(
                                                        new Order(5, "a"),
                                                        new Order(13, "b"),
                                                        new Order(6, "c"))))
                        .isInstanceOfSatisfying(
                                RejectedItemsException.class,
                                e -> assertThat(e.reasons()).containsOnlyKeys(1));
            }
        }
        assertThat(rows(source)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL", mode = Mode.EXCLUDE)
    void valuesOfManyTypesAreWritten(TestDatabase database) throws Exception {
        DataSource source = database(database);
        execute(
                source,
                "create table \"many\" (\"i\" integer, \"u\" varchar(40), \"e\" varchar(9), \"c\""
                        + " varchar(1), \"b\" varbinary(9), \"t\" timestamp with time zone)");
        var sink =
                JdbcSink.into(Database.of(source), "many", TypeRef.of(Integer.class))
                        .withOnMissingMarkerTable(OnMissing.CREATE)
                        .withColumn("i", i -> BigInteger.valueOf(i))
                        .withColumn("u", i -> new UUID(0, i).toString())
                        .withColumn("e", i -> TimeUnit.DAYS)
                        .withColumn("c", i -> 'x')
                        .withColumn("b", i -> new byte[] {1, 2})
                        .withColumn("t", i -> Instant.EPOCH);

        Writing.write(sink, 1);

        assertThat(
                        Schema.rows(
                                source,
                                "select \"u\", \"e\", \"c\", octet_length(\"b\") from \"many\""))
                .containsExactly("00000000-0000-0000-0000-000000000001 DAYS x 2");
        assertThat(Schema.rows(source, "select cast(\"t\" as varchar(40)) from \"many\""))
                .singleElement()
                .asString()
                .startsWith("1970-01-01");
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL", mode = Mode.EXCLUDE)
    void listIsRejectedAsOnlyPostgresHasThem(TestDatabase database) throws Exception {
        var sink =
                JdbcSink.into(Database.of(database(database)), "orders", Order.TYPE)
                        .withOnMissingMarkerTable(OnMissing.CREATE)
                        .withColumn("id", order -> List.of(1));

        assertThatThrownBy(() -> Writing.write(sink, new Order(1, "")))
                .isInstanceOf(RejectedItemsException.class)
                .hasMessageContaining("column 'id' of type BIGINT got a java.util.")
                .hasMessageContaining("those of PostgreSQL only");
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL", mode = Mode.EXCLUDE)
    void eachItemIsThereOnceOverCrashesAndLostConnections(TestDatabase database) throws Exception {
        DataSource source = database(database);
        var calls = new int[1];
        var dead = new TestSink<Long>();
        DataSource faulty =
                HookedSource.of(
                        source,
                        (point, connection) -> {
                            if (point.startsWith("commit") && ++calls[0] % 5 == 0) {
                                connection.close();
                                throw new SQLException("connection cut", "08006");
                            }
                        });
        var flow = Dataflow.named("flow");
        var out =
                flow.input(
                                "in",
                                TestSource.<Integer>ofElements(
                                                List.of(
                                                        1,
                                                        2,
                                                        TestItems.crash(),
                                                        3,
                                                        13,
                                                        4,
                                                        TestItems.crash(),
                                                        5,
                                                        6))
                                        .withBatchItems(2))
                        .map("order", id -> new Order(id, "a"))
                        .output("out", orders(faulty))
                        .onFailure(
                                FailurePolicy.retry(100)
                                        .withBackOff(Duration.ZERO, Duration.ZERO)
                                        .withDeadLetters());
        out.deadLetters()
                .map("id", (DeadLetter letter) -> ((Order) letter.item()).id())
                .output("dead", dead);

        Waxwing.run(
                flow,
                EmbeddedOptions.defaults()
                        .withRestarts(
                                RestartPolicy.upTo(100).withBackOff(Duration.ZERO, Duration.ZERO))
                        .withRecovery(
                                RecoveryOptions.in(directory.resolve("store"))
                                        .withEpochInterval(Duration.ZERO)));

        assertThat(rows(source)).containsExactly("1 a", "2 a", "3 a", "4 a", "5 a", "6 a");
        assertThat(dead.committed()).containsExactly(13L);
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL", mode = Mode.EXCLUDE)
    void rowsAreReadInPieces(TestDatabase database) throws Exception {
        DataSource source = database(database);
        for (int i = 1; i <= 20; i++) {
            execute(source, "insert into \"orders\" values (" + (40 + i) + ", 'v" + i % 3 + "')");
        }
        var reading =
                JdbcSource.from(
                                Database.of(source),
                                "orders",
                                List.of("name", "id"),
                                row -> row.getLong("id"))
                        .withPart("not 50", "\"id\" <> ?", 50)
                        .withBatchItems(3);

        List<Long> all = new ArrayList<>();
        JdbcPosition position = null;
        for (int batch = 0; batch < 7; batch++) {
            try (var partition = reading.buildPart("flow.in", "not 50", position)) {
                all.addAll(new PartitionReader<>(partition).readOnce());
                position = partition.snapshot();
            }
        }

        assertThat(all)
                .containsExactly(
                        43L, 46L, 49L, 52L, 55L, 58L, 41L, 44L, 47L, 53L, 56L, 59L, 42L, 45L, 48L,
                        51L, 54L, 57L, 60L);
    }

    private DataSource database(TestDatabase database) throws SQLException {
        DataSource source = database.open(directory);
        execute(
                source,
                "create table \"orders\" (\"id\" bigint primary key check (\"id\" <> 13), \"name\""
                        + " varchar(20))");
        return source;
    }

    private static JdbcSink<Order> orders(DataSource source) {
        return Order.sink(Database.of(source)).withOnMissingMarkerTable(OnMissing.CREATE);
    }

    private static List<String> rows(DataSource source) throws SQLException {
        return Schema.rows(source, "select * from \"orders\" order by \"id\"");
    }

    private static void execute(DataSource source, String statement) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement each = connection.createStatement()) {
            each.execute(statement);
        }
    }
}
