package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.RestartPolicy;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.sink.RejectedItemsException;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that PostgreSQL refuses are told apart from those beside them. */
final class RejectionTest {

    @TempDir private Path store;

    private Schema schema;

    @BeforeEach
    void makeTables() throws SQLException {
        schema = Schema.withOrders();
        schema.execute(
                "alter table orders add place bigserial",
                "alter table orders alter name type varchar(5)",
                "alter table orders add check (id <> 13)");
    }

    @Test
    void valueThatIsTooLongIsRejectedAlone() throws Exception {
        assertThat(
                        rejected(
                                orders(),
                                new Order(1, "a"),
                                new Order(2, "too long"),
                                new Order(3, "c")))
                .containsOnlyKeys(1)
                .hasEntrySatisfying(
                        1, why -> assertThat(why).contains("value too long", "(22001)"));
        assertThat(rows()).isEmpty();
    }

    @Test
    void brokenConstraintsAreRejectedWithWhatTheDatabaseSays() throws Exception {
        assertThat(rejected(orders(), new Order(13, ""), new Order(1, ""), new Order(1, "again")))
                .containsOnlyKeys(0, 2)
                .hasEntrySatisfying(0, why -> assertThat(why).contains("orders_id_check"))
                .hasEntrySatisfying(
                        2, why -> assertThat(why).contains("Key (id)=(1) already exists"));
    }

    @Test
    void rowsThatAreReplacedAndDeletedAreSearchedInTheSameWay() throws Exception {
        schema.execute(
                "create table parts (order_id bigint references orders)",
                "insert into orders values (5, 'kept')",
                "insert into parts values (5)");
        var sink = orders().withKeys("id").withDeletes(order -> order.name() == null);

        assertThat(
                        rejected(
                                sink,
                                new Order(1, "a"),
                                new Order(5, null),
                                new Order(2, "too long"),
                                new Order(1, null)))
                .containsOnlyKeys(1, 2)
                .hasEntrySatisfying(1, why -> assertThat(why).contains("is still referenced"));
    }

    @Test
    void triggerThatRaisesRejectsTheRow() throws Exception {
        schema.execute(
                "create function no() returns trigger language plpgsql as 'begin if new.id = 2 then"
                        + " raise exception ''no twos''; end if; return new; end'",
                "create trigger no before insert on orders for each row execute function no()");

        assertThat(rejected(orders(), new Order(1, "a"), new Order(2, "b")))
                .containsOnlyKeys(1)
                .hasEntrySatisfying(1, why -> assertThat(why).contains("no twos"));
    }

    @Test
    void whatIsNoRowsFaultRejectsNothing() throws Exception {
        try (var writing = Writing.of(orders())) {
            schema.execute("alter table orders rename to elsewhere");

            assertThatThrownBy(() -> writing.apply(List.of(new Order(1, "a"))))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("relation \"orders\" does not exist");
        }
    }

    @Test
    void deferredConstraintIsToldForTheWholeEpoch() throws Exception {
        schema.execute("alter table orders add unique (name) deferrable initially deferred");

        try (var writing = Writing.of(orders())) {
            assertThatThrownBy(() -> writing.apply(List.of(new Order(1, "a"), new Order(2, "a"))))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("refused epoch 1 as a whole")
                    .hasMessageContaining("declare it not deferred");
        }
        assertThat(rows()).isEmpty();
    }

    @Test
    void searchFindsJustTheRowsThatAreToBlame() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Order> all = new ArrayList<>();
        TreeMap<Integer, Order> bad = new TreeMap<>();
        for (int i = 0; i < 500; i++) {
            Order order = new Order(100 + i, random.nextInt(20) == 0 ? "too long" : "v" + i);
            all.add(order);
            if ("too long".equals(order.name())) {
                bad.put(i, order);
            }
        }

        for (var sink : List.of(orders(), orders().withKeys("id"))) {
            assertThat(rejected(sink, all.toArray(Order[]::new)).keySet())
                    .as("seed %d", seed)
                    .isEqualTo(bad.keySet());
        }
    }

    @Test
    void rejectedRowsBecomeDeadLettersOnceAndTheOthersKeepTheirOrder() throws Exception {
        var dead = new TestSink<Long>();
        var flow = Dataflow.named("flow");
        var out =
                flow.input(
                                "in",
                                TestSource.<Integer>ofElements(
                                                List.of(
                                                        9,
                                                        8,
                                                        13,
                                                        7,
                                                        TestItems.crash(),
                                                        6,
                                                        100_000,
                                                        5,
                                                        TestItems.crash(),
                                                        4))
                                        .withBatchItems(3))
                        .map("order", id -> new Order(id, "n" + id))
                        .output("out", orders())
                        .onFailure(FailurePolicy.deadLetter());
        out.deadLetters()
                .map("id", (DeadLetter letter) -> ((Order) letter.item()).id())
                .output("dead", dead);

        Waxwing.run(
                flow,
                EmbeddedOptions.defaults()
                        .withRestarts(
                                RestartPolicy.upTo(10).withBackOff(Duration.ZERO, Duration.ZERO))
                        .withRecovery(RecoveryOptions.in(store).withEpochInterval(Duration.ZERO)));

        assertThat(rows()).containsExactly("9", "8", "7", "6", "5", "4");
        assertThat(dead.committed()).containsExactly(13L, 100_000L);
    }

    @Test
    void stepWithoutDeadLettersStopsAtABrokenConstraintAndLosesNothing() throws Exception {
        Dataflow flow = flow(new Order(1, "a"), new Order(13, "b"), new Order(2, "c"));

        assertThatThrownBy(() -> run(flow))
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("orders_id_check")
                .hasMessageContaining("the epoch stays in the recovery store")
                .hasMessageContaining("give the step a policy with dead letters");
        assertThat(rows()).isEmpty();

        schema.execute("alter table orders drop constraint orders_id_check");
        run(flow);
        assertThat(rows()).containsExactly("1", "13", "2");
    }

    @Test
    void stepWithoutDeadLettersStopsAtAValueThatIsTooLongAndLosesNothing() throws Exception {
        Dataflow flow = flow(new Order(1, "a"), new Order(2, "too long"), new Order(3, "c"));

        assertThatThrownBy(() -> run(flow))
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("value too long")
                .hasMessageContaining("give the step a policy with dead letters");
        assertThat(rows()).isEmpty();

        schema.execute("alter table orders alter name type text");
        run(flow);
        assertThat(rows()).containsExactly("1", "2", "3");
    }

    private Dataflow flow(Order first, Order... rest) {
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.<Order>of(first, (Object[]) rest)).output("out", orders());
        return flow;
    }

    private void run(Dataflow flow) throws InterruptedException {
        Waxwing.run(flow, EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(store)));
    }

    private JdbcSink<Order> orders() {
        return Order.sink(schema.database());
    }

    private List<String> rows() throws SQLException {
        return schema.rows("select id from orders where id <> 5 or name <> 'kept' order by place");
    }

    private static Map<Integer, String> rejected(JdbcSink<Order> sink, Order... orders)
            throws Exception {
        try (var writing = Writing.of(sink)) {
            writing.apply(List.of(orders));
            return Map.of();
        } catch (RejectedItemsException e) {
            return e.reasons();
        }
    }
}
