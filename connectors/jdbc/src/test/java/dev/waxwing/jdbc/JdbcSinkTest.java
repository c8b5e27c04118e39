package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.function.TypeRef;
import dev.waxwing.sink.RejectedItemsException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in a table of PostgreSQL after a sink has written. */
final class JdbcSinkTest {

    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    private Schema schema;

    @BeforeEach
    void makeTables() throws SQLException {
        schema = Schema.withOrders();
    }

    @Test
    void rowsAreInserted() throws Exception {
        Writing.write(orders(), new Order(1, "a"), new Order(2, null));

        assertThat(rows()).containsExactly("1 a", "2 null");
    }

    @Test
    void rowsWithoutKeysAreCopied() throws Exception {
        List<String> points = new ArrayList<>();
        var hooked = HookedSource.of(schema.source(), (point, connection) -> points.add(point));

        Writing.write(Order.sink(Database.of(hooked)), new Order(1, "a"), new Order(2, "b"));

        assertThat(rows()).containsExactly("1 a", "2 b");
        assertThat(points)
                .contains("unwrap")
                .noneMatch(point -> point.startsWith("prepare insert into \"orders\""));
    }

    @Test
    void rowsAreThereWithTheMarkerOfTheirEpoch() throws Exception {
        try (var writing = Writing.of(orders())) {
            writing.apply(List.of(new Order(1, "a")));
            writing.apply(List.of(new Order(2, "b")));
        }

        assertThat(schema.rows("select flow, step, part, epoch from waxwing_markers"))
                .containsExactly("flow flow.out writer-0 2");
    }

    @Test
    void keyReplacesTheRowThatHasIt() throws Exception {
        var sink = orders().withKeys("id");

        Writing.write(sink, new Order(1, "a"), new Order(2, "b"));
        Writing.write(sink, new Order(2, "c"), new Order(3, "d"));

        assertThat(rows()).containsExactly("1 a", "2 c", "3 d");
    }

    @Test
    void lastItemOfAKeyWinsWithinAnEpoch() throws Exception {
        Writing.write(
                orders().withKeys("id"), new Order(1, "a"), new Order(2, "b"), new Order(1, "c"));

        assertThat(rows()).containsExactly("1 c", "2 b");
    }

    @Test
    void itemsDeleteTheRowsOfTheirKeysInOrder() throws Exception {
        var sink = orders().withKeys("id").withDeletes(order -> order.name() == null);

        Writing.write(
                sink,
                new Order(1, "a"),
                new Order(2, "b"),
                new Order(1, null),
                new Order(3, null),
                new Order(2, null),
                new Order(2, "again"));

        assertThat(rows()).containsExactly("2 again");
    }

    @Test
    void keysThatTheDatabaseTakesForEqualAreReplacedInOrder() throws Exception {
        schema.execute("create table prices (name numeric primary key, price text)");
        var sink =
                JdbcSink.into(schema.database(), "prices", Order.TYPE)
                        .withColumn("name", Order::name)
                        .withColumn("price", Order::id)
                        .withKeys("name");

        Writing.write(sink, new Order(1, "1.0"), new Order(2, "7"), new Order(3, "1.00"));

        assertThat(schema.rows("select name, price from prices order by name"))
                .containsExactly("1.0 3", "7 2");
    }

    @Test
    void manyRowsAreReplacedByBlocks() throws Exception {
        var all = new ArrayList<Order>();
        for (int i = 0; i < 1_000; i++) {
            all.add(new Order(i % 700, "v" + i));
        }

        Writing.write(orders().withKeys("id"), all.toArray(Order[]::new));

        assertThat(schema.rows("select count(*), sum(substr(name, 2)::int) from orders"))
                .containsExactly("700 " + (1_000 * 999 - 300 * 299) / 2);
    }

    @Test
    void tableOfOnlyKeysKeepsWhatItHas() throws Exception {
        schema.execute("create table seen (id bigint primary key)");
        var sink =
                JdbcSink.into(schema.database(), "seen", Order.TYPE)
                        .withColumn("id", Order::id)
                        .withKeys("id");

        Writing.write(sink, new Order(1, ""), new Order(1, ""), new Order(2, ""));

        assertThat(schema.rows("select id from seen order by id")).containsExactly("1", "2");
    }

    @Test
    void epochAndWriterAreColumnsIfAskedFor() throws Exception {
        schema.execute("alter table orders add epoch bigint", "alter table orders add writer text");
        try (var writing =
                Writing.of(orders().withEpochColumn("epoch").withWriterColumn("writer"))) {
            writing.apply(List.of(new Order(1, "a")));
            writing.apply(List.of(new Order(2, "b")));
        }

        assertThat(schema.rows("select * from orders order by id"))
                .containsExactly("1 a 1 writer-0", "2 b 2 writer-0");
    }

    @Test
    void columnsThatAreNotWrittenGetTheirDefaults() throws Exception {
        schema.execute("alter table orders add state text default 'new'");

        Writing.write(orders(), new Order(1, "a"));

        assertThat(schema.rows("select state from orders")).containsExactly("new");
    }

    @Test
    void namesAreQuotedWhateverIsInThem() throws Exception {
        String table = "a\"; drop table orders; --";
        String column = "select \"x\".y, 'z'; — naïve 表 \\ \t";
        String key = "ID; delete from orders";
        schema.execute(
                "create table \"a\"\"; drop table orders; --\" (\"select \"\"x\"\".y, 'z'; — naïve"
                        + " 表 \\ \t\" text, \"ID; delete from orders\" bigint primary key)");
        var inserting =
                JdbcSink.into(schema.database(), table, Order.TYPE)
                        .withColumn(column, Order::name)
                        .withColumn(key, Order::id)
                        .withSchema(schema.name());

        Writing.write(inserting, new Order(1, "a"), new Order(2, "b"));
        Writing.write(
                inserting.withKeys(key).withDeletes(order -> order.id() == 2),
                new Order(1, "c"),
                new Order(2, null));

        assertThat(schema.rows("select * from \"a\"\"; drop table orders; --\""))
                .containsExactly("c 1");
        assertThat(rows()).isEmpty();
    }

    @Test
    void markersCanBeInATableOfAnyName() throws Exception {
        var sink =
                orders().withMarkerTable("m\"; drop table orders")
                        .withOnMissingMarkerTable(OnMissing.CREATE);

        Writing.write(sink, new Order(1, "a"));

        assertThat(schema.rows("select epoch from \"m\"\"; drop table orders\""))
                .containsExactly("1");
    }

    @Test
    void namesThatNoDatabaseHasAreRefused() {
        assertThatThrownBy(() -> JdbcSink.into(schema.database(), "", Order.TYPE))
                .hasMessageContaining("the name of a table must not be empty");
        assertThatThrownBy(() -> orders().withColumn("a\0b", Order::id))
                .hasMessageContaining("must not have the character NUL");
        assertThatThrownBy(() -> orders().withSchema("\ud800"))
                .hasMessageContaining("half of a surrogate pair");
        assertThatThrownBy(() -> orders().withColumn("id", Order::id))
                .hasMessageContaining("column 'id' was given before");
    }

    @Test
    void nameThatTheServerWouldCutIsRefused() {
        var sink = JdbcSink.into(schema.database(), "ä".repeat(32), Order.TYPE);

        assertThatThrownBy(() -> Writing.of(sink.withColumn("id", Order::id)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("64 bytes")
                .hasMessageContaining("up to 63");
    }

    @Test
    void textComesBackAsItWasByCopyAndByStatement() throws Exception {
        schema.execute("create table texts (place bigint primary key, text text)");
        long seed = new Random().nextLong();
        List<Order> texts = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            texts.add(new Order(i, hostileText(random)));
        }
        var copying =
                JdbcSink.into(schema.database(), "texts", Order.TYPE)
                        .withColumn("place", Order::id)
                        .withColumn("text", Order::name);

        for (var sink : List.of(copying, copying.withKeys("place"))) {
            schema.execute("truncate texts");
            Writing.write(sink, texts.toArray(Order[]::new));

            assertThat(schema.rows("select text from texts order by place"))
                    .as("seed %d", seed)
                    .isEqualTo(texts.stream().map(Order::name).toList());
        }
    }

    @Test
    void statementInAValueIsAValue() throws Exception {
        String attack = "x'); drop table orders; --\\.\n\\N";

        Writing.write(orders(), new Order(1, attack));
        Writing.write(orders().withKeys("id"), new Order(2, attack));

        assertThat(schema.rows("select name from orders")).containsExactly(attack, attack);
    }

    @Test
    void textThatIsNoUnicodeIsRejectedAndNotChanged() {
        assertThatThrownBy(() -> Writing.write(orders(), new Order(1, "a\ud800b")))
                .isInstanceOf(RejectedItemsException.class)
                .hasMessageContaining("(a\ufffdb), with half of a surrogate pair at index 1")
                .hasMessageContaining("UnicodeText.replaced");
        assertThatThrownBy(() -> Writing.write(orders(), new Order(1, "a\0b")))
                .isInstanceOf(RejectedItemsException.class)
                .hasMessageContaining("the character NUL at index 1");
    }

    @Test
    void viewIsWrittenByStatements() throws Exception {
        schema.execute(
                "create view named as select id, name from orders",
                "create function put() returns trigger language plpgsql as 'begin insert into"
                        + " orders values (new.id, new.name); return new; end'",
                "create trigger put instead of insert on named for each row execute function"
                        + " put()");
        var sink =
                JdbcSink.into(schema.database(), "named", TEXT)
                        .withColumn("id", String::length)
                        .withColumn("name", text -> text);

        Writing.write(sink, "a", "bb", "ccc");

        assertThat(rows()).containsExactly("1 a", "2 bb", "3 ccc");
    }

    private JdbcSink<Order> orders() {
        return Order.sink(schema.database());
    }

    private List<String> rows() throws SQLException {
        return schema.rows("select id, name from orders order by id");
    }

    private static String hostileText(Random random) {
        var text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append("\\\t\n\r\b\f\u000b'\"$,{}.N0x".charAt(random.nextInt(17)));
                case 1 -> text.appendCodePoint(1 + random.nextInt(127));
                case 2 -> text.appendCodePoint(0x1F600 + random.nextInt(64));
                default -> text.append((char) (0x80 + random.nextInt(0xD800 - 0x80)));
            }
        }
        return text.toString();
    }
}
