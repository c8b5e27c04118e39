package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.render.Rendering;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found before anything is written, and what messages do not say. */
final class StartTest {

    private static final String SECRET = "s3cr3t-Pa55";

    @TempDir private Path store;

    private Schema schema;

    @BeforeEach
    void makeSchema() throws SQLException {
        schema = Schema.withOrders();
    }

    @Test
    void missingColumnsAreNamed() {
        var sink =
                orders().withColumn("customer", Order::name)
                        .withColumn("ID", Order::id)
                        .withEpochColumn("epoch");

        assertThatThrownBy(() -> run(sink))
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining(
                        "table \"orders\" has no column 'customer', 'ID', 'epoch', only 'id',"
                                + " 'name'");
    }

    @Test
    void missingTableIsNamed() {
        var sink = JdbcSink.into(schema.database(), "Orders", Order.TYPE);

        assertThatThrownBy(() -> run(sink.withColumn("id", Order::id)))
                .hasMessageContaining("table \"Orders\" cannot be read")
                .hasMessageContaining("by this name in upper and lower case");
    }

    @Test
    void missingTableOfMarkersIsToldWithTheStatementThatMakesIt() throws Exception {
        schema.execute("drop table waxwing_markers");

        Throwable refused = catchThrowable(() -> run(orders()));

        assertThat(refused).hasMessageContaining("the table of markers, \"waxwing_markers\"");
        String message = refused.getMessage();
        int begin = message.indexOf("create table");
        schema.execute(message.substring(begin, message.indexOf("; or let", begin)));
        run(orders());
        assertThat(schema.rows("select id from orders")).containsExactly("1");
    }

    @Test
    void tableOfMarkersIsMadeOnRequest() throws Exception {
        schema.execute("drop table waxwing_markers");

        run(orders().withOnMissingMarkerTable(OnMissing.CREATE));
        run(orders().withOnMissingMarkerTable(OnMissing.CREATE));

        assertThat(schema.rows("select epoch from waxwing_markers")).hasSize(1);
    }

    @Test
    void refusedStartLeavesNoMarker() throws Exception {
        var flow = Dataflow.named("flow");
        flow.input("in", new NoSource())
                .map("order", id -> new Order(id, null))
                .output("out", orders());

        assertThatThrownBy(() -> run(flow, store)).hasMessageContaining("no such queue");

        assertThat(schema.rows("select epoch from waxwing_markers")).isEmpty();
        run(orders());
        assertThat(schema.rows("select id from orders")).containsExactly("1");
    }

    @Test
    void refusedStartLeavesTheMarkerAsItWas() throws Exception {
        run(orders());
        List<String> before = schema.rows("select * from waxwing_markers");
        var flow = Dataflow.named("flow");
        var in = flow.input("in", TestSource.of(1)).map("order", id -> new Order(id, null));
        in.output("out", orders());
        in.output("two", orders().withKeys("name"));

        assertThatThrownBy(() -> run(flow, store)).hasMessageContaining("unique index");

        assertThat(schema.rows("select * from waxwing_markers")).isEqualTo(before);
    }

    @Test
    void tableOfMarkersIsNotMadeIfAnotherSinkIsRefused() throws Exception {
        run(orders());
        var made = orders().withMarkerTable("made").withOnMissingMarkerTable(OnMissing.CREATE);
        var flow = Dataflow.named("flow");
        var in = flow.input("in", TestSource.of(1)).map("order", id -> new Order(id, null));
        in.output("first", made);
        in.output("out", orders());

        assertThatThrownBy(() -> run(flow, store.resolveSibling("other")))
                .hasMessageContaining("written from another recovery store");

        assertThat(
                        schema.rows(
                                "select count(*) from pg_tables where tablename = 'made' and"
                                        + " schemaname = current_schema()"))
                .containsExactly("0");
    }

    @Test
    void keysWithoutAUniqueIndexAreRefused() {
        assertThatThrownBy(() -> run(orders().withKeys("name")))
                .hasMessageContaining("cannot be replaced by the keys [name]")
                .hasMessageContaining("a primary key or a unique index of just these columns");
    }

    @Test
    void sinkThatIsNotCompleteIsRefused() {
        assertThatThrownBy(() -> run(JdbcSink.into(schema.database(), "orders", Order.TYPE)))
                .hasMessageContaining("has no columns; give some by withColumn");
        assertThatThrownBy(() -> run(orders().withKeys("place")))
                .hasMessageContaining("key 'place' is none of the columns [id, name]");
        assertThatThrownBy(() -> run(orders().withDeletes(order -> true)))
                .hasMessageContaining("has no keys to find them by");
    }

    @Test
    void failedStartLeavesNoConnectionBehind() throws Exception {
        assertThatThrownBy(() -> run(orders().withKeys("name"))).isNotNull();

        assertThat(
                        schema.rows(
                                "select count(*) from pg_stat_activity where application_name = '"
                                        + schema.name()
                                        + "' and pid <> pg_backend_pid()"))
                .containsExactly("0");
    }

    @Test
    void secretsOfAUrlAreInNoMessage() {
        assertSilent(
                catchThrowable(
                        () ->
                                run(
                                        Order.sink(
                                                Database.at(
                                                        "jdbc:nosuchdriver://me:"
                                                                + SECRET
                                                                + "@host/x;pwd="
                                                                + SECRET)))),
                "cannot connect to jdbc:nosuchdriver:…: no driver takes its URL");
        assertSilent(
                catchThrowable(
                        () ->
                                run(
                                        Order.sink(
                                                Database.at(
                                                        url()
                                                                + "&password="
                                                                + SECRET
                                                                + "&socketFactory="
                                                                + SECRET)))),
                "cannot connect to jdbc:postgresql:…");
    }

    @Test
    void secretsAreInNoText() {
        var credentials = new Credentials("me", SECRET);
        var database =
                Database.at(url() + "&password=" + SECRET).withCredentials(() -> credentials);
        var flow = flow(Order.sink(database));

        assertThat(credentials.toString()).doesNotContain(SECRET).contains("me");
        assertThat(database.toString()).doesNotContain(SECRET).isEqualTo("jdbc:postgresql:…");
        assertThat(Order.sink(database).toString()).doesNotContain(SECRET);
        assertThat(Rendering.JSON.of(flow.plan())).doesNotContain(SECRET);
        assertThat(flow.plan().toString()).doesNotContain(SECRET);
    }

    @Test
    void databaseByItsUrlIsWritten() throws Exception {
        run(
                Order.sink(
                        Database.at(url())
                                .withCredentials(() -> new Credentials("postgres", "postgres"))));

        assertThat(schema.rows("select id from orders")).containsExactly("1");
    }

    @Test
    void databaseThatCannotBeIsRefused() {
        assertThatThrownBy(() -> Database.at("postgresql://host/" + SECRET))
                .hasMessageContaining("begins with jdbc:")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> schema.database().withCredentials(() -> new Credentials("", "")))
                .hasMessageContaining("a data source has credentials of its own");
        assertThatThrownBy(() -> schema.database().withTimeout(Duration.ZERO))
                .hasMessageContaining("from a second to a day, but was PT0S");
    }

    private static void assertSilent(Throwable failure, String told) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).contains(told).doesNotContain(SECRET);
    }

    private String url() {
        return "jdbc:postgresql://localhost:"
                + schema.port()
                + "/postgres?currentSchema="
                + schema.name();
    }

    private JdbcSink<Order> orders() {
        return Order.sink(schema.database());
    }

    private static Dataflow flow(JdbcSink<Order> sink) {
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1))
                .map("order", id -> new Order(id, null))
                .output("out", sink);
        return flow;
    }

    private void run(JdbcSink<Order> sink) throws InterruptedException {
        run(flow(sink), store);
    }

    private static void run(Dataflow flow, Path store) throws InterruptedException {
        Waxwing.run(flow, EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(store)));
    }

    /** Cannot be opened. */
    private static final class NoSource implements DynamicSource<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public StatelessSourcePartition<Integer> build(
                String stepId, int workerIndex, int workerCount) throws IOException {
            throw new IOException("no such queue");
        }
    }
}
