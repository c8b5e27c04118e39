package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.connector.Guarantee;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.RestartPolicy;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writing at once by keys that come again. */
final class JdbcOffsetSinkTest {

    private Schema schema;

    @BeforeEach
    void makeTables() throws SQLException {
        schema = Schema.withOrders();
    }

    @Test
    void rowsAreThereOnceIfAReplayGivesTheSameKeys() throws Exception {
        // Without recovery, so that the restart reads everything again.
        run(
                TestSource.of(1, 2, 3, TestItems.crash(), 4, 5),
                EmbeddedOptions.defaults()
                        .withRestarts(
                                RestartPolicy.upTo(1).withBackOff(Duration.ZERO, Duration.ZERO)),
                new TestSink<>());

        assertThat(schema.rows("select id from orders order by id"))
                .containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void rowThatIsThereStaysAsItIs() throws Exception {
        schema.execute("insert into orders values (2, 'first')");

        run(TestSource.of(1, 2), EmbeddedOptions.defaults(), new TestSink<>());

        assertThat(schema.rows("select * from orders order by id"))
                .containsExactly("1 n1", "2 first");
    }

    @Test
    void rowsThatAreRefusedBecomeDeadLettersAndTheOthersAreWritten() throws Exception {
        schema.execute("alter table orders add check (id <> 13)");
        var dead = new TestSink<Long>();

        run(TestSource.of(12, 13, 14).withBatchItems(3), EmbeddedOptions.defaults(), dead);

        assertThat(schema.rows("select id from orders order by id")).containsExactly("12", "14");
        assertThat(dead.committed()).containsExactly(13L);
    }

    @Test
    void promiseIsAtLeastOnce() {
        assertThat(sink().asOffsetSink().contract().guarantee()).isEqualTo(Guarantee.AT_LEAST_ONCE);
    }

    @Test
    void sinkWithoutKeysOrWithMoreIsRefused() {
        List.of(
                        Order.sink(schema.database()),
                        sink().withDeletes(order -> true),
                        sink().withEpochColumn("epoch"))
                .forEach(
                        sink ->
                                assertThatThrownBy(sink::asOffsetSink)
                                        .hasMessageContaining("an offset sink needs keys"));
    }

    private JdbcSink<Order> sink() {
        return Order.sink(schema.database()).withKeys("id");
    }

    private void run(TestSource<Integer> source, EmbeddedOptions options, TestSink<Long> dead)
            throws InterruptedException {
        var flow = Dataflow.named("flow");
        var out =
                flow.input("in", source)
                        .map("order", id -> new Order(id, "n" + id))
                        .output("out", sink().asOffsetSink())
                        .onFailure(FailurePolicy.deadLetter());
        out.deadLetters()
                .map("id", (DeadLetter letter) -> ((Order) letter.item()).id())
                .output("dead", dead);
        Waxwing.run(flow, options);
    }
}
