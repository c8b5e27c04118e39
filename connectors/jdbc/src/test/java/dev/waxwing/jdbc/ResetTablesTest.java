package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Reset;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting over when tables were dropped, or the store was. */
final class ResetTablesTest {

    @TempDir private Path directory;

    private Schema schema;

    @BeforeEach
    void makeSchema() throws SQLException {
        schema = Schema.withOrders();
    }

    @Test
    void tablesAreDroppedAndTheStoreIsKept() throws Exception {
        run();
        List<String> definitions = List.of(ordersDefinition(), markersDefinition());
        schema.execute("drop table orders");
        schema.execute("drop table waxwing_markers");
        Waxwing.reset(flow(), store());

        for (String definition : definitions) {
            schema.execute(definition);
        }
        run();

        assertThat(schema.rows("select id from orders")).containsExactly("1");
    }

    @Test
    void tablesAreEmptiedAndTheStoreIsKept() throws Exception {
        run();
        schema.execute("delete from orders");
        schema.execute("delete from waxwing_markers");
        assertThatThrownBy(this::run)
                .hasMessageContaining("it was emptied")
                .hasMessageContaining("'waxwing recovery reset'");

        Waxwing.reset(flow(), store());

        run();
        assertThat(schema.rows("select id from orders")).containsExactly("1");
    }

    @Test
    void storeIsDeletedAndTablesAreKept() throws Exception {
        run();
        deleteStore();
        assertThatThrownBy(this::run)
                .hasMessageContaining("written from another recovery store")
                .hasMessageContaining("'waxwing recovery reset'");

        Waxwing.reset(flow(), store());

        assertThat(schema.rows("select epoch from waxwing_markers")).isEmpty();
        assertThat(schema.rows("select id from orders")).containsExactly("1");
        schema.execute("delete from orders");
        run();
        assertThat(schema.rows("select id from orders")).containsExactly("1");
    }

    @Test
    void tableOfRowsIsDroppedAndTheMarkersAreKept() throws Exception {
        run();
        schema.execute("drop table orders");

        try (Reset reset = Reset.of(flow().plan(), store())) {
            assertThat(reset.removes())
                    .first()
                    .isEqualTo(
                            "step 'flow.out': the marker of epoch 1 of writer-0 in table"
                                    + " waxwing_markers");
            reset.run();
        }

        assertThat(schema.rows("select epoch from waxwing_markers")).isEmpty();
    }

    @Test
    void markersOfOtherStepsStay() throws Exception {
        run();
        schema.execute(
                "insert into waxwing_markers (flow, step, part, epoch, generation, lineage, owner)"
                        + " select 'flow', 'flow.other', part, epoch, generation, lineage, owner"
                        + " from waxwing_markers");

        Waxwing.reset(flow(), store());

        assertThat(schema.rows("select step from waxwing_markers")).containsExactly("flow.other");
    }

    @Test
    void tableOfMarkersThatCannotBeReadIsNotTakenForNone() throws Exception {
        run();
        schema.execute("alter table waxwing_markers rename column epoch to age");

        assertThatThrownBy(() -> Waxwing.reset(flow(), store()))
                .hasMessageContaining("step 'flow.out'");
    }

    private Dataflow flow() {
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1))
                .map("order", id -> new Order(id, null))
                .output("out", Order.sink(schema.database()));
        return flow;
    }

    private void run() throws InterruptedException {
        Waxwing.run(flow(), EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(store())));
    }

    private Path store() {
        return directory.resolve("store");
    }

    private void deleteStore() throws IOException {
        try (Stream<Path> files = Files.walk(store())) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String ordersDefinition() {
        return "create table orders (id bigint primary key, name text)";
    }

    private static String markersDefinition() {
        return "create table waxwing_markers (flow text not null, step text not null, part text not"
                + " null, epoch bigint not null, generation bigint not null, lineage varchar(36)"
                + " not null, owner varchar(36) not null, primary key (flow, step, part))";
    }
}
