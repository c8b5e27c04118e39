package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.Owner;
import dev.waxwing.testing.TestSink;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A name is a name, whatever is in it: of what is in the database, and of what is in a marker. */
final class HostileNamesTest {

    private static final String SCHEMA = "s\"; drop table victim; --";
    private static final String TABLE = "t'\"); drop table victim; --";
    private static final String MARKERS = "m\" where 1 = 1; drop table victim";
    private static final String KEY = "k\" = k.\"k\" or 1 = 1 --";
    private static final String COLUMN = "c` ] [ \\ \t ? $1 :c {d '1'} naïve 表";
    private static final String EPOCH = "e\" bigint, \"f";
    private static final String WRITER = "w\") values (1); drop table victim; --";

    /** A database, and how a schema is made in it. */
    enum Product {
        POSTGRES {
            @Override
            DataSource at(Path directory) throws SQLException {
                return Schema.empty().source();
            }
        },
        H2 {
            @Override
            DataSource at(Path directory) throws SQLException {
                return TestDatabase.H2.open(directory);
            }
        },
        SQLITE {
            @Override
            DataSource at(Path directory) throws SQLException {
                return TestDatabase.SQLITE.open(directory);
            }

            /* Has no schemas of a user's. */
            @Override
            String schema() {
                return "main";
            }
        };

        abstract DataSource at(Path directory) throws SQLException;

        String schema() {
            return SCHEMA;
        }
    }

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource
    void rowsAreInsertedReplacedAndDeletedWhereTheNamesSay(Product product) throws Exception {
        DataSource source = tables(product);
        var inserting =
                rows(product, source)
                        .withEpochColumn(EPOCH)
                        .withWriterColumn(WRITER)
                        .withMarkerTable(MARKERS)
                        .withOnMissingMarkerTable(OnMissing.CREATE);

        Writing.write(inserting, new Order(1, "a"), new Order(2, "b"));
        Writing.write(
                inserting.withKeys(KEY).withDeletes(order -> order.id() == 2),
                new Order(1, "c"),
                new Order(2, null),
                new Order(3, "d"));

        assertThat(all(product, source)).containsExactly("1 c 1 writer-0", "3 d 1 writer-0");
        assertThat(Schema.rows(source, "select * from victim")).containsExactly("1");
    }

    @ParameterizedTest
    @EnumSource
    void rowsAreWrittenAtOnceWhereTheNamesSay(Product product) throws Exception {
        DataSource source = tables(product);
        var sink = rows(product, source).withKeys(KEY).asOffsetSink();

        try (var partition = sink.build("flow.out", 0, 1)) {
            partition.writeBatch(List.of(new Order(1, "a"), new Order(2, "b")));
            partition.writeBatch(List.of(new Order(2, "again")));
        }

        assertThat(all(product, source)).containsExactly("1 a null null", "2 b null null");
        assertThat(Schema.rows(source, "select * from victim")).containsExactly("1");
    }

    @ParameterizedTest
    @EnumSource
    void rowsAreReadFromWhereTheNamesSay(Product product) throws Exception {
        DataSource source = tables(product);
        execute(source, "insert into " + table(product) + " values (7, 'a', null, null)");
        var read = new TestSink<Long>();
        var flow = Dataflow.named("flow");
        flow.input(
                        "in",
                        JdbcSource.from(
                                        Database.of(source),
                                        TABLE,
                                        List.of(KEY),
                                        row -> row.getLong(KEY))
                                .withSchema(product.schema()))
                .output("out", read);

        Waxwing.run(flow, EmbeddedOptions.defaults());

        assertThat(read.committed()).containsExactly(7L);
        assertThat(Schema.rows(source, "select * from victim")).containsExactly("1");
    }

    @ParameterizedTest
    @EnumSource
    void markerIsOfTheseDataflowStepAndPartitionWhateverTheirNames(Product product)
            throws Exception {
        DataSource source = tables(product);
        var sink = rows(product, source).withOnMissingMarkerTable(OnMissing.CREATE);
        Owner hostile = owner(1, "x' or '1' = '1", "y'); drop table victim; --", "z\\\" ?");
        Owner plain = owner(1, "flow", "flow.out", "writer-0");

        try (var partition = sink.buildPart("flow.out", "writer-0")) {
            partition.claim(plain);
            assertThat(partition.claim(hostile)).isNull();
            partition.apply(new Commit(7, hostile), List.of(new Order(1, "a")));

            assertThat(partition.claim(owner(2, "flow", "flow.out", "writer-0")))
                    .isEqualTo(plain.takeOver(null));
            assertThat(partition.claim(owner(2, hostile.dataflow(), hostile.step(), "z\\\" ?")))
                    .isEqualTo(new Commit(7, hostile).marker());
        }
        assertThat(Schema.rows(source, "select * from victim")).containsExactly("1");
    }

    private DataSource tables(Product product) throws SQLException {
        DataSource source = product.at(directory);
        execute(source, "create table victim (id bigint)");
        execute(source, "insert into victim values (1)");
        if (product != Product.SQLITE) {
            execute(source, "drop schema if exists " + quoted(SCHEMA) + " cascade");
            execute(source, "create schema " + quoted(SCHEMA));
        }
        execute(
                source,
                "create table "
                        + table(product)
                        + " ("
                        + quoted(KEY)
                        + " bigint primary key, "
                        + quoted(COLUMN)
                        + " varchar(99), "
                        + quoted(EPOCH)
                        + " bigint, "
                        + quoted(WRITER)
                        + " varchar(99))");
        return source;
    }

    private static JdbcSink<Order> rows(Product product, DataSource source) {
        return JdbcSink.into(Database.of(source), TABLE, Order.TYPE)
                .withSchema(product.schema())
                .withColumn(KEY, Order::id)
                .withColumn(COLUMN, Order::name);
    }

    private static List<String> all(Product product, DataSource source) throws SQLException {
        return Schema.rows(source, "select * from " + table(product) + " order by " + quoted(KEY));
    }

    private static String table(Product product) {
        return quoted(product.schema()) + "." + quoted(TABLE);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static Owner owner(long generation, String dataflow, String step, String partition) {
        return new Owner(
                new UUID(0, 1),
                generation,
                new UUID(0, generation),
                found -> true,
                false,
                dataflow,
                step,
                partition);
    }

    private static void execute(DataSource source, String statement) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement each = connection.createStatement()) {
            each.execute(statement);
        }
    }
}
